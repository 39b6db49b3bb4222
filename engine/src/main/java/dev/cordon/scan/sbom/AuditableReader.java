package dev.cordon.scan.sbom;

import dev.cordon.scan.Component;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The dependency list that {@code cargo auditable} embeds: packages that point at each other. */
final class AuditableReader {
    /** Most dependencies of all packages together. */
    private static final int MAX_EDGES = 500_000;

    private final JsonStream json;
    private final List<Component> packages = new ArrayList<>();
    private final List<int[]> dependencies = new ArrayList<>();
    private int edges;
    private int roots;

    private AuditableReader(JsonStream json) {
        this.json = json;
    }

    static List<Component> read(byte[] document) throws MalformedSbomException {
        List<Component> found = new ArrayList<>();
        JsonStream.read(
                document,
                json -> {
                    AuditableReader reader = new AuditableReader(json);
                    json.object(reader::root);
                    reader.requireTree();
                    found.addAll(reader.packages);
                });
        return found;
    }

    private void root(String field) throws IOException, MalformedSbomException {
        if (field.equals("packages")) {
            json.list(this::onePackage);
        } else {
            json.skip();
        }
    }

    private void onePackage() throws IOException, MalformedSbomException {
        if (packages.size() == SbomReader.MAX_COMPONENTS) {
            throw new MalformedSbomException(
                    "it names more than " + SbomReader.MAX_COMPONENTS + " components");
        }
        String[] texts = {"", "", ""};
        int index = packages.size();
        dependencies.add(new int[0]);
        json.object(
                field -> {
                    switch (field) {
                        case "name" -> texts[0] = json.text();
                        case "version" -> texts[1] = json.text();
                        case "source" -> texts[2] = json.text();
                        case "dependencies" -> dependencies.set(index, indices());
                        case "root" -> roots += json.truth() ? 1 : 0;
                        default -> json.skip();
                    }
                });
        if (texts[0].isEmpty() || texts[1].isEmpty()) {
            throw new MalformedSbomException("a package in it has no name or no version");
        }
        boolean registry = texts[2].equals("crates.io") || texts[2].equals("registry");
        packages.add(new Component(registry ? "crates.io" : "", texts[0], texts[1]));
    }

    private int[] indices() throws IOException, MalformedSbomException {
        List<Integer> indices = new ArrayList<>();
        json.list(
                () -> {
                    if (++edges > MAX_EDGES) {
                        throw new MalformedSbomException(
                                "it has more than " + MAX_EDGES + " dependencies");
                    }
                    indices.add(json.index());
                });
        return indices.stream().mapToInt(Integer::intValue).toArray();
    }

    /** One root, no dependency on a package that is not there, no cycle. */
    private void requireTree() throws MalformedSbomException {
        int count = packages.size();
        if (roots != 1) {
            throw new MalformedSbomException("it has " + roots + " roots instead of one");
        }
        int[] users = new int[count];
        for (int[] each : dependencies) {
            for (int dependency : each) {
                if (dependency < 0 || dependency >= count) {
                    throw new MalformedSbomException("a dependency in it is no package");
                }
                users[dependency]++;
            }
        }
        if (removable(users) != count) {
            throw new MalformedSbomException("its packages depend on each other in a circle");
        }
    }

    /** How many packages can be taken away, each once nothing that is left uses it. */
    private int removable(int[] users) {
        int[] queue = new int[users.length];
        int end = 0;
        for (int i = 0; i < users.length; i++) {
            if (users[i] == 0) {
                queue[end++] = i;
            }
        }
        for (int at = 0; at < end; at++) {
            for (int dependency : dependencies.get(queue[at])) {
                if (--users[dependency] == 0) {
                    queue[end++] = dependency;
                }
            }
        }
        return end;
    }
}
