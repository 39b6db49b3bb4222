package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.PreviewFunction.copying;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.limit.Traffic;
import java.util.List;

/** {@code random_get}: random bytes, through the copy buffer, however many the guest wants. */
final class Randomness {
    static final List<PreviewFunction> FUNCTIONS =
            List.of(copying("random_get", "ii", Randomness::fill));

    /** Most bytes made between two looks at the deadline. */
    private static final int PIECE_BYTES = 16 * 1024;

    private Randomness() {}

    private static Errno fill(GuestCall call) throws Refusal {
        GuestSlice target = call.range(0);
        call.charge(target.length());
        call.flow(Traffic.RANDOM, target.length(), true);
        byte[] buffer = call.buffer();
        for (long done = 0; done < target.length(); ) {
            int length = (int) Math.min(PIECE_BYTES, target.length() - done);
            call.host().random(buffer, 0, length);
            target.put(done, buffer, 0, length);
            call.check();
            done += length;
        }
        return Errno.SUCCESS;
    }
}
