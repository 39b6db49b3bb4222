package dev.cordon.scan.sbom;

import dev.cordon.scan.Component;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A CycloneDX or SPDX document in JSON. Both name their components alike: a list of objects with a
 * name, a version and a package URL.
 */
final class SbomDocument {
    private final JsonStream json;
    private final List<Component> components = new ArrayList<>();
    private boolean known;

    private SbomDocument(JsonStream json) {
        this.json = json;
    }

    static List<Component> read(byte[] bytes) throws MalformedSbomException {
        List<Component> found = new ArrayList<>();
        JsonStream.read(
                bytes,
                json -> {
                    SbomDocument document = new SbomDocument(json);
                    json.object(document::root);
                    if (!document.known) {
                        throw new MalformedSbomException("it is neither CycloneDX nor SPDX");
                    }
                    found.addAll(document.components);
                });
        return found;
    }

    private void root(String field) throws IOException, MalformedSbomException {
        switch (field) {
            case "bomFormat" -> known |= json.text().equals("CycloneDX");
            case "spdxVersion" -> known |= json.text().startsWith("SPDX-");
            case "@graph" -> {
                known = true;
                json.list(this::component);
            }
            case "components", "packages" -> json.list(this::component);
            default -> json.skip();
        }
    }

    private void component() throws IOException, MalformedSbomException {
        if (!json.atObject()) {
            throw new MalformedSbomException("a component in it is no object");
        }
        Draft draft = new Draft();
        json.object(field -> draftField(draft, field));
        if (draft.name.isEmpty() && draft.url.isEmpty()) {
            return;
        }
        if (components.size() == SbomReader.MAX_COMPONENTS) {
            throw new MalformedSbomException(
                    "it names more than " + SbomReader.MAX_COMPONENTS + " components");
        }
        components.add(draft.component());
    }

    private void draftField(Draft draft, String field) throws IOException, MalformedSbomException {
        switch (field) {
            case "name" -> draft.name = json.text();
            case "group" -> draft.group = json.text();
            case "version", "versionInfo", "software_packageVersion" -> draft.version = json.text();
            case "purl", "software_packageUrl" -> draft.url = json.text();
            case "externalRefs" -> json.list(() -> reference(draft));
            case "components" -> json.list(this::component);
            default -> json.skip();
        }
    }

    private void reference(Draft draft) throws IOException, MalformedSbomException {
        if (!json.atObject()) {
            json.skip();
            return;
        }
        json.object(
                field -> {
                    if (field.equals("referenceLocator")) {
                        String locator = json.text();
                        draft.url = locator.startsWith("pkg:") ? locator : draft.url;
                    } else {
                        json.skip();
                    }
                });
    }

    /** What was read of a component so far. */
    private static final class Draft {
        private String name = "";
        private String group = "";
        private String version = "";
        private String url = "";

        private Component component() {
            Optional<Component> named = PackageUrl.component(url, version);
            String plain = group.isEmpty() ? name : group + "/" + name;
            return named.orElse(new Component("", plain, version));
        }
    }
}
