package dev.cordon.wasi.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.Refusal;

/** A symbolic link in memory. */
final class MemoryLink extends MemoryNode {
    private final String text;
    private final int bytes;

    /**
     * A link without a name yet.
     *
     * @throws Refusal {@code ENOSPC} when there is no room
     */
    MemoryLink(MemoryTree tree, String text) throws Refusal {
        super(tree);
        this.text = text;
        this.bytes = text.getBytes(UTF_8).length;
        tree.takeFile(2L * bytes);
    }

    String text() {
        return text;
    }

    @Override
    FileType type() {
        return FileType.SYMBOLIC_LINK;
    }

    @Override
    long size() {
        return bytes;
    }

    @Override
    void free() {
        tree().giveFile(2L * bytes);
    }
}
