// Times the kernels in V8: node src/main/js/kernels.mjs SECONDS [KERNELS.json]
// Prints the microseconds of one run, averaged; with a JSON file that JMH wrote of KernelBenchmark,
// also how long metered code took in relation. Sizes are those of KernelBenchmark.SIZES.
import { readFileSync } from "node:fs";

const here = new URL(".", import.meta.url);
const source = readFileSync(new URL("../java/dev/cordon/benchmarks/KernelBenchmark.java", here), "utf8");
const module = readFileSync(new URL("../resources/dev/cordon/benchmarks/kernels.wasm", here));
const sizes = [...source.matchAll(/Map\.entry\("(\w+)", ([\d_]+)\)/g)]
    .map(([, kernel, size]) => [kernel, Number(size.replaceAll("_", ""))]);
const seconds = Number(process.argv[2] ?? 1);
const metered = new Map();
if (process.argv[3]) {
  for (const run of JSON.parse(readFileSync(process.argv[3], "utf8"))) {
    if (run.benchmark.includes("KernelBenchmark") && run.params.engine === "metered") {
      metered.set(run.params.kernel, run.primaryMetric.score);
    }
  }
}

function time(run, size) {
  const start = process.hrtime.bigint();
  const end = start + BigInt(Math.round(seconds * 1e9));
  let count = 0;
  let now = start;
  for (; now < end; now = process.hrtime.bigint()) {
    run(size);
    count++;
  }
  return Number(now - start) / 1e3 / count;
}

const { instance } = await WebAssembly.instantiate(module);
let logs = 0;
let compared = 0;
for (const [kernel, size] of sizes) {
  const run = instance.exports[kernel];
  time(run, size); // until it is optimized
  const micros = time(run, size);
  const ours = metered.get(kernel);
  console.log(`| ${kernel} | ${micros.toFixed(2)} |${ours ? ` ${(ours / micros).toFixed(2)} |` : ""}`);
  if (ours) {
    logs += Math.log(ours / micros);
    compared++;
  }
}
if (compared) {
  console.log(`| geometric mean | | ${Math.exp(logs / compared).toFixed(2)} |`);
}
