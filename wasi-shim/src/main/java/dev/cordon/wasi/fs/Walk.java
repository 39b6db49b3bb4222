package dev.cordon.wasi.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way from an open directory to the last component of a path: the only path resolution there
 * is.
 *
 * <p>It goes one component at a time over handles, none of which follows a symbolic link. The text
 * of a link is taken apart like the guest's own path and walked in its place. {@code ..} goes back
 * to the handle it came from, and is refused where the walk began. So the walk stays below its
 * start, whoever renames or replaces what it passes. Belongs to one call; closing it closes every
 * handle it opened.
 */
public final class Walk implements Closeable {
    /** Most symbolic links on one way. */
    public static final int MAX_LINKS = 40;

    /** Most components on one way, those of links included, so that a path is no endless work. */
    public static final int MAX_STEPS = 1024;

    /** Most directories open at once on one way. */
    public static final int MAX_DEPTH = 128;

    private final Mount mount;
    private final DirectoryHandle start;
    private final Deque<DirectoryHandle> opened = new ArrayDeque<>();
    private final Deque<String> pending = new ArrayDeque<>();
    private final List<String> path;
    private final int floor;
    private @Nullable String name;
    private boolean mustBeDirectory;
    private int links;
    private int steps;
    private String denial = "";

    /**
     * Begins a walk.
     *
     * @param mount whose rules say what may be passed
     * @param start where it begins
     * @param path where that is, from the root of the mount
     */
    public Walk(Mount mount, DirectoryHandle start, List<String> path) {
        this.mount = mount;
        this.start = start;
        this.path = new ArrayList<>(path);
        this.floor = path.size();
    }

    /**
     * Walks to the last component of a path, which is not followed if it is a link.
     *
     * @param text the path
     * @throws Refusal when a component before the last is missing, no directory or denied, or the
     *     path leaves where it began
     * @throws IOException when the host fails
     */
    public void to(PathText text) throws Refusal, IOException {
        push(text);
        proceed();
    }

    /**
     * Goes on through the last component, which is a symbolic link.
     *
     * @throws Refusal {@code ELOOP} after {@value #MAX_LINKS} links, {@code EPERM} when the link is
     *     absolute, and as {@link #to}
     * @throws IOException when the host fails
     */
    public void follow() throws Refusal, IOException {
        String link = name();
        name = null;
        expand(link);
        proceed();
    }

    /**
     * The directory that holds the last component.
     *
     * @return a handle that belongs to this walk
     */
    public DirectoryHandle parent() {
        DirectoryHandle top = opened.peek();
        return top == null ? start : top;
    }

    /**
     * Whether the path ended at a directory on the way itself, as {@code .} and {@code a/..} do.
     *
     * @return true when there is no last component, and {@link #parent} is what the path names
     */
    public boolean endsAtDirectory() {
        return name == null;
    }

    /**
     * The last component.
     *
     * @return its name
     */
    public String name() {
        String last = name;
        if (last == null) {
            throw new IllegalStateException("the path has no last component");
        }
        return last;
    }

    /**
     * Whether the path can only name a directory.
     *
     * @return true when it, or the last link followed, ends with a slash or a dot
     */
    public boolean mustBeDirectory() {
        return mustBeDirectory;
    }

    /**
     * Where the walk is, from the root of the mount.
     *
     * @return the components of the path as it was resolved
     */
    public List<String> path() {
        if (name == null) {
            return List.copyOf(path);
        }
        List<String> whole = new ArrayList<>(path);
        whole.add(name());
        return whole;
    }

    /**
     * Why the walk was refused, if a decision and not the state of the files was to blame.
     *
     * @return the reason, or empty
     */
    public String denial() {
        return denial;
    }

    /**
     * Refuses a link that no guest may know of to be followed.
     *
     * @throws Refusal {@code EACCES} when a deny pattern matches the last component
     */
    public void requireLinkNotDenied() throws Refusal {
        deny(mount.rules().denied(path()));
    }

    private void push(PathText text) {
        mustBeDirectory |= pending.isEmpty() && text.mustBeDirectory();
        List<String> components = text.components();
        for (int i = components.size() - 1; i >= 0; i--) {
            pending.push(components.get(i));
        }
    }

    private void proceed() throws Refusal, IOException {
        while (!pending.isEmpty()) {
            countStep();
            String next = pending.pop();
            if (next.equals(PathText.PARENT)) {
                up();
            } else if (next.equals(PathText.SELF)) {
                mustBeDirectory = true;
            } else if (pending.isEmpty()) {
                requireShort(next);
                name = next;
            } else {
                down(next);
            }
        }
    }

    private void countStep() throws Refusal {
        steps++;
        if (steps > MAX_STEPS) {
            throw Refusal.of(Errno.NAMETOOLONG);
        }
    }

    private void up() throws Refusal, IOException {
        if (path.size() == floor) {
            denial = "leads out of the directory it started from";
            throw Refusal.of(Errno.PERM);
        }
        path.remove(path.size() - 1);
        opened.pop().close();
    }

    private void down(String next) throws Refusal, IOException {
        requireShort(next);
        if (opened.size() == MAX_DEPTH) {
            throw Refusal.of(Errno.NAMETOOLONG);
        }
        path.add(next);
        requireNotDenied();
        try {
            DirectoryHandle child = parent().openDirectory(next);
            opened.push(child);
        } catch (Refusal refusal) {
            path.remove(path.size() - 1);
            if (refusal.errno() != Errno.LOOP) {
                throw hidden(next, refusal);
            }
            expand(next);
            return;
        }
        requirePassable();
    }

    /** What is not there is not told from what is denied. */
    private Refusal hidden(String next, Refusal refusal) {
        path.add(next);
        AccessRules.Decision decision = mount.rules().decide(path, true);
        path.remove(path.size() - 1);
        if (decision.allowed()) {
            return refusal;
        }
        denial = decision.reason();
        return Refusal.of(Errno.ACCES);
    }

    private void requireNotDenied() throws Refusal {
        deny(mount.rules().denied(path));
    }

    private void requirePassable() throws Refusal {
        deny(mount.rules().decide(path, true));
    }

    private void deny(AccessRules.Decision decision) throws Refusal {
        if (!decision.allowed()) {
            denial = decision.reason();
            throw Refusal.of(Errno.ACCES);
        }
    }

    private void expand(String link) throws Refusal, IOException {
        links++;
        if (links > MAX_LINKS) {
            throw Refusal.of(Errno.LOOP);
        }
        String text = parent().readLink(link);
        if (text.startsWith("/")) {
            denial = "a symbolic link leads to an absolute path";
        }
        push(PathText.of(text));
    }

    /** A path that only grows, one open directory after the other, still has an end. */
    private void requireShort(String next) throws Refusal {
        long length = next.getBytes(UTF_8).length;
        for (String component : path) {
            length += 1 + component.length();
        }
        if (length > PathText.MAX_PATH_BYTES) {
            throw Refusal.of(Errno.NAMETOOLONG);
        }
    }

    @Override
    public void close() throws IOException {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
