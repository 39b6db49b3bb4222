package dev.cordon.wasi.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/**
 * A relative path as a guest or a symbolic link says it, taken apart.
 *
 * @param components names, {@code ..} among them, {@code .} at the end only
 * @param mustBeDirectory whether it ends with a slash or a dot, and so names a directory only
 */
public record PathText(List<String> components, boolean mustBeDirectory) {
    /** Longest path, in bytes. */
    public static final int MAX_PATH_BYTES = 4096;

    /** Longest component, in bytes. */
    public static final int MAX_NAME_BYTES = 255;

    /** The component that leads up. */
    static final String PARENT = "..";

    /** The component that leads nowhere; kept at the end only. */
    static final String SELF = ".";

    /** Copies the list. */
    public PathText {
        components = List.copyOf(components);
    }

    /**
     * Reads a path.
     *
     * @param bytes the guest's bytes; at most {@value #MAX_PATH_BYTES}
     * @return the path
     * @throws Refusal {@code ENOENT} when it is empty, {@code EILSEQ} when it is not UTF-8, {@code
     *     EINVAL} for a zero character, {@code EPERM} when it is absolute, {@code ENAMETOOLONG}
     */
    public static PathText of(byte[] bytes) throws Refusal {
        return of(decoded(bytes));
    }

    /**
     * Reads a path.
     *
     * @param text the text, of a link for instance
     * @return the path
     * @throws Refusal as {@link #of(byte[])}
     */
    public static PathText of(String text) throws Refusal {
        requireFit(text);
        if (text.charAt(0) == '/') {
            throw Refusal.of(Errno.PERM);
        }
        List<String> components = new ArrayList<>();
        String last = "";
        for (int start = 0; start <= text.length(); ) {
            int slash = text.indexOf('/', start);
            int end = slash < 0 ? text.length() : slash;
            last = text.substring(start, end);
            if (!last.isEmpty() && !last.equals(SELF)) {
                requireFit(last, MAX_NAME_BYTES);
                components.add(last);
            }
            start = end + 1;
        }
        if (last.equals(SELF)) {
            components.add(SELF);
        }
        return new PathText(components, last.isEmpty() || last.equals(SELF));
    }

    /**
     * Decodes UTF-8 that a guest wrote, and nothing that only looks like it.
     *
     * @param bytes the bytes
     * @return the text
     * @throws Refusal {@code EILSEQ} when they are not UTF-8
     */
    public static String decoded(byte[] bytes) throws Refusal {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw Refusal.of(Errno.ILSEQ);
        }
    }

    /**
     * Checks a text that is to be a link's.
     *
     * @param text what the link shall say
     * @throws Refusal as {@link #of(byte[])}
     */
    public static void requireLinkText(String text) throws Refusal {
        of(text);
    }

    private static void requireFit(String text) throws Refusal {
        if (text.isEmpty()) {
            throw Refusal.of(Errno.NOENT);
        }
        if (text.indexOf('\0') >= 0) {
            throw Refusal.of(Errno.INVAL);
        }
        requireFit(text, MAX_PATH_BYTES);
    }

    private static void requireFit(String text, int mostBytes) throws Refusal {
        boolean certain = text.length() <= mostBytes / 3;
        if (!certain && text.getBytes(UTF_8).length > mostBytes) {
            throw Refusal.of(Errno.NAMETOOLONG);
        }
    }
}
