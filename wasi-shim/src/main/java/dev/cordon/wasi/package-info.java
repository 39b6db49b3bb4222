/**
 * WASI preview 1 for Chicory, shaped by capabilities.
 *
 * <p>Takes a {@link dev.cordon.wasi.WasiConfig}, which holds all that a guest may reach, and gives
 * the host functions of one instance. Never reaches anything that the configuration does not hold,
 * and knows nothing of plugins.
 *
 * <p>Calling a guest:
 *
 * <pre>{@code
 * WasiConfig config = WasiConfig.empty()
 *         .withArguments(List.of("greet", "world"))
 *         .withStdout(GuestOutput.to(System.out));
 * try (Wasi wasi = WasiPreview1.start(config)) {
 *     ImportValues imports = ImportValues.builder()
 *             .addFunction(wasi.hostFunctions().toArray(new HostFunction[0]))
 *             .build();
 *     Instance.builder(module).withImportValues(imports).build();
 * } catch (GuestExit exit) {
 *     System.exit(exit.status());
 * }
 * }</pre>
 *
 * <p>Files are reached through a {@link dev.cordon.wasi.Preopen}, over a directory of the host or
 * over a {@link dev.cordon.wasi.MemoryDirectory}.
 */
@NullMarked
package dev.cordon.wasi;

import org.jspecify.annotations.NullMarked;
