package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.PreviewFunction.copying;
import static dev.cordon.wasi.preview1.PreviewFunction.simple;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.Layouts;
import dev.cordon.wasi.abi.Refusal;
import java.util.List;

/** {@code args_*} and {@code environ_*}: lists of texts that the guest copies to its memory. */
final class Arguments {
    static final List<PreviewFunction> FUNCTIONS =
            List.of(
                    copying("args_get", "ii", call -> copy(call, call.host().arguments())),
                    simple("args_sizes_get", "ii", call -> sizes(call, call.host().arguments())),
                    copying("environ_get", "ii", call -> copy(call, call.host().environment())),
                    simple(
                            "environ_sizes_get",
                            "ii",
                            call -> sizes(call, call.host().environment())));

    private Arguments() {}

    private static Errno sizes(GuestCall call, List<byte[]> texts) throws Refusal {
        GuestSlice count = call.slice(0, Layouts.SIZE);
        GuestSlice bytes = call.slice(1, Layouts.SIZE);
        count.put32(0, texts.size());
        bytes.put32(0, length(texts));
        return Errno.SUCCESS;
    }

    private static Errno copy(GuestCall call, List<byte[]> texts) throws Refusal {
        long pointerBytes = (long) Layouts.SIZE * texts.size();
        GuestSlice pointers = call.slice(0, pointerBytes);
        GuestSlice buffer = call.slice(1, length(texts));
        call.charge(pointerBytes + buffer.length());
        long offset = 0;
        for (int i = 0; i < texts.size(); i++) {
            byte[] text = texts.get(i);
            pointers.put32((long) Layouts.SIZE * i, buffer.address() + offset);
            buffer.put(offset, text, 0, text.length);
            offset += text.length;
        }
        return Errno.SUCCESS;
    }

    private static long length(List<byte[]> texts) {
        long length = 0;
        for (byte[] text : texts) {
            length += text.length;
        }
        return length;
    }
}
