package dev.cordon.wasi.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/** The entries of a directory, of which the cursor owns a handle of its own. */
final class NativeEntries implements EntryCursor {
    /** Where the parts of a {@code struct linux_dirent64} are. */
    private static final int LENGTH = 16;

    private static final int KIND = 18;
    private static final int NAME = 19;

    private final NativeDirectory directory;
    private ByteBuffer block = ByteBuffer.allocate(0);

    NativeEntries(NativeDirectory directory) {
        this.directory = directory;
    }

    @Override
    public @Nullable Entry next() throws IOException {
        try {
            while (block.hasRemaining() || readOn()) {
                Entry entry = entry();
                if (entry != null) {
                    return entry;
                }
            }
            return null;
        } catch (Refusal e) {
            if (e.errno() == Errno.NOENT) {
                return null; // the directory was removed meanwhile, so it was empty
            }
            throw new IOException("the entries cannot be listed: " + e.errno(), e);
        }
    }

    private boolean readOn() throws Refusal, IOException {
        block = ByteBuffer.wrap(directory.list()).order(ByteOrder.nativeOrder());
        return block.hasRemaining();
    }

    /** Goes on to the next entry; null when it is gone or nothing for a guest. */
    private @Nullable Entry entry() throws Refusal, IOException {
        int start = block.position();
        int end = start + Short.toUnsignedInt(block.getShort(start + LENGTH));
        long inode = block.getLong(start);
        int kind = block.get(start + KIND);
        String name = name(start + NAME, end);
        block.position(end);
        if (name == null || name.equals(".") || name.equals("..") || HostName.isDraft(name)) {
            return null;
        }
        FileType type = LinuxStat.listed(kind);
        if (type == null) {
            FileStat stat = directory.find(name);
            return stat == null ? null : new Entry(name, stat.inode(), stat.type());
        }
        return new Entry(name, inode, type);
    }

    /** The text up to its zero, or null when it is not UTF-8. */
    private @Nullable String name(int start, int end) {
        int stop = start;
        while (stop < end && block.get(stop) != 0) {
            stop++;
        }
        try {
            return UTF_8.newDecoder().decode(block.slice(start, stop - start)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        directory.close();
    }
}
