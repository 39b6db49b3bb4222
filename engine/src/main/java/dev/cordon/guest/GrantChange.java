package dev.cordon.guest;

import dev.cordon.capability.DirectoryRules;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.wasi.Network;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The step from one set of grants to another: everything that can fail is done when it is made, so
 * that it happens as a whole or not at all. Belongs to one thread.
 */
final class GrantChange implements Closeable {
    private final NetworkAccess network;
    private final Network.@Nullable Builder rules;
    private final HttpAccess http;
    private final HttpAccess.@Nullable Change requests;
    private final boolean closing;
    private final List<DirectoryDoor.Change> changes = new ArrayList<>();
    private final List<DirectoryDoor> opened = new ArrayList<>();
    private boolean applied;

    /**
     * Opens what has to be opened, and changes nothing yet.
     *
     * @throws dev.cordon.error.UsageException if a grant cannot be used, saying which and why
     */
    GrantChange(
            String plugin,
            Grants before,
            Grants after,
            List<DirectoryDoor> doors,
            Collection<String> taken,
            NetworkAccess network,
            HttpAccess http) {
        this.network = network;
        this.http = http;
        List<Grant> reachedBefore = ofNetwork(before);
        List<Grant> reached = ofNetwork(after);
        this.rules = reached.equals(reachedBefore) ? null : network.rules(after);
        this.closing = !reached.containsAll(reachedBefore);
        this.requests = http.prepare(after);
        Map<String, List<Grant.Directory>> wanted =
                new LinkedHashMap<>(DirectoryGrants.byName(plugin, after, taken));
        Map<String, List<Grant.Directory>> known = DirectoryGrants.byName(plugin, before, taken);
        try {
            for (DirectoryDoor door : doors) {
                List<Grant.Directory> all = directories(wanted.remove(door.name()));
                // What stays as it is needs nothing, even if its directory is gone by now.
                if (!all.equals(directories(known.get(door.name())))) {
                    changes.add(door.prepare(plugin, all));
                }
            }
            for (List<Grant.Directory> all : wanted.values()) {
                opened.add(DirectoryDoor.open(plugin, all, DirectoryRules.everything()));
            }
        } catch (RuntimeException | Error unusable) {
            discard(unusable);
            throw unusable;
        }
    }

    private static List<Grant.Directory> directories(@Nullable List<Grant.Directory> some) {
        return some == null ? List.of() : some;
    }

    private static List<Grant> ofNetwork(Grants grants) {
        Predicate<Grant> reaches =
                grant ->
                        grant instanceof Grant.Listener
                                || (grant instanceof Grant.Endpoint endpoint
                                        && !endpoint.isForRequests());
        return grants.granted().stream().filter(reaches).toList();
    }

    private void discard(Throwable why) {
        try {
            close();
        } catch (IOException unclosed) {
            why.addSuppressed(unclosed);
        }
    }

    /** Directories that were not there before, the caller's from now on. */
    List<DirectoryDoor> opened() {
        return opened;
    }

    /**
     * Makes it so, all of it.
     *
     * @throws IOException if something that is not granted any more failed to close, after all was
     *     done; nothing can be reached through it all the same
     */
    void apply() throws IOException {
        applied = true;
        @Nullable IOException failure = null;
        for (DirectoryDoor.Change change : changes) {
            failure = with(failure, change::apply);
        }
        Network.Builder next = rules;
        if (next != null) {
            failure = with(failure, () -> network.change(next, closing));
        }
        if (requests != null) {
            http.change(requests);
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** One step that may fail to close something. */
    @FunctionalInterface
    private interface Step {
        void take() throws IOException;
    }

    private static @Nullable IOException with(@Nullable IOException before, Step step) {
        try {
            step.take();
            return before;
        } catch (IOException failure) {
            if (before == null) {
                return failure;
            }
            before.addSuppressed(failure);
            return before;
        }
    }

    /** Closes what was opened for nothing. */
    @Override
    public void close() throws IOException {
        @Nullable IOException failure = null;
        for (DirectoryDoor.Change change : changes) {
            failure = with(failure, change::close);
        }
        for (DirectoryDoor door : applied ? List.<DirectoryDoor>of() : opened) {
            failure = with(failure, door::close);
        }
        if (failure != null) {
            throw failure;
        }
    }
}
