package dev.cordon.guest;

/**
 * What was decided about one use. Immutable.
 *
 * @param allowed whether it goes on
 * @param asked whether the application's broker was asked, which the plugin pays for
 * @param reason why not; when it goes on without a grant, who let it
 */
public record Ruling(boolean allowed, boolean asked, String reason) {
    static final Ruling GRANTED = new Ruling(true, false, "");
    static final Ruling NOT_GRANTED = new Ruling(false, false, "not granted");
    static final Ruling CONFIRMED = new Ruling(true, true, "");
    static final Ruling ALLOWED_ONCE = new Ruling(true, true, "allowed once by the broker");
    static final Ruling REFUSED = new Ruling(false, true, "refused by the broker");
    static final Ruling NESTED =
            new Ruling(false, false, "the broker cannot be asked about what it causes itself");

    /**
     * What the plugin pays for it.
     *
     * @return units of fuel
     */
    public long fuel() {
        return asked ? BrokerDoor.FUEL : 0;
    }
}
