package dev.cordon.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A function as the specification has it, from {@code preview1.csv}.
 *
 * @param name the function's name
 * @param parameters in order
 * @param returns whether it returns an error number
 */
public record Witx(String name, List<Parameter> parameters, boolean returns) {
    /**
     * One parameter.
     *
     * @param name its name
     * @param kind i32, i64, ptr, len (bytes at the pointer before) or count (elements there)
     */
    public record Parameter(String name, String kind) {
        boolean isPointer() {
            return kind.equals("ptr");
        }
    }

    /** All functions. */
    public static List<Witx> functions() {
        try (InputStream in = Witx.class.getResourceAsStream("/preview1.csv")) {
            String table = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
            return table.lines().skip(1).map(Witx::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The function of a name. */
    public static Witx function(String name) {
        return functions().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
    }

    @Override
    public String toString() {
        return name;
    }

    private static Witx parse(String line) {
        String[] cells = line.split(";", -1);
        List<Parameter> parameters =
                Arrays.stream(cells[1].split(" "))
                        .filter(cell -> !cell.isEmpty())
                        .map(cell -> cell.split(":"))
                        .map(cell -> new Parameter(cell[0], cell[1]))
                        .toList();
        return new Witx(cells[0], parameters, cells[2].equals("errno"));
    }
}
