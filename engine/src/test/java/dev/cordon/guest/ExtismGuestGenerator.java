package dev.cordon.guest;

import com.dylibso.chicory.wasm.types.ValType;
import dev.cordon.meter.ModuleBuilder;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Modules that call the functions of the Extism ABI at random. */
final class ExtismGuestGenerator {
    private static final List<HostOffer> OFFERS = ExtismImports.offers();

    private final Random random;
    private final StringBuilder body = new StringBuilder();

    ExtismGuestGenerator(long seed) {
        random = new Random(seed);
    }

    /** Eight globals hold what came back, as the handles to go on with. */
    byte[] module() {
        ModuleBuilder module = new ModuleBuilder();
        for (HostOffer offer : OFFERS) {
            module.imported(
                    offer.module(),
                    offer.name(),
                    letters(offer.type().params()),
                    letters(offer.type().returns()));
        }
        for (int i = 0; i < 8; i++) {
            module.global('I', "i64.const 0");
        }
        int calls = 5 + random.nextInt(60);
        for (int i = 0; i < calls; i++) {
            call(random.nextInt(OFFERS.size()));
        }
        return module.export("run", module.function("", "", "", body.toString())).build();
    }

    private void call(int function) {
        HostOffer offer = OFFERS.get(function);
        if (offer.name().equals("http_request") && random.nextInt(8) != 0) {
            return; // it would end every other guest early
        }
        for (ValType parameter : offer.type().params()) {
            body.append(value(parameter));
        }
        body.append("call ").append(function).append(' ');
        for (ValType result : offer.type().returns()) {
            body.append(result.equals(ValType.I32) ? "i64.extend_i32_u " : "");
            body.append("global.set ").append(random.nextInt(8)).append(' ');
        }
    }

    private String value(ValType type) {
        if (type.equals(ValType.I32)) {
            return "i32.const " + random.nextInt() + " ";
        }
        String handle = "global.get " + random.nextInt(8) + " ";
        switch (random.nextInt(8)) {
            case 0:
                return "i64.const " + random.nextLong() + " ";
            case 1:
                return "i64.const " + (random.nextLong() >> random.nextInt(64)) + " ";
            case 2:
                return "i64.const " + random.nextInt(100) + " ";
            case 3:
                return "i64.const " + (((long) random.nextInt(4)) << 32) + " ";
            case 4:
                return handle + "i64.const " + (random.nextInt(40) - 8) + " i64.add ";
            default:
                return handle;
        }
    }

    private static String letters(List<ValType> types) {
        return types.stream()
                .map(type -> type.equals(ValType.I32) ? "i" : "I")
                .collect(Collectors.joining());
    }
}
