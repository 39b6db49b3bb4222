/* Small programs that each stress one thing; benchmarks run them in every engine. Each takes a size
 * and returns a checksum, which Kernels.java computes the same way. No library, no start-up. */
typedef unsigned char byte;
typedef unsigned int word;
typedef unsigned long long wide;

#define KERNEL(name) __attribute__((export_name(#name))) int name(int size)
#define APART __attribute__((noinline))

static byte bytes[1 << 20];
static double left[128 * 128], right[128 * 128], product[128 * 128];

static APART int fibonacci(int n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }
KERNEL(calls) { return fibonacci(size); }

KERNEL(branches) {
    int steps = 0;
    for (int start = 1; start < size; start++)
        for (wide x = (wide)start; x != 1; steps++) x = x & 1 ? 3 * x + 1 : x >> 1;
    return steps;
}

KERNEL(stores) {
    int primes = 0;
    for (int i = 0; i < size; i++) bytes[i] = 1;
    for (int i = 2; i < size; i++) {
        if (!bytes[i]) continue;
        primes++;
        for (int j = i + i; j < size; j += i) bytes[j] = 0;
    }
    return primes;
}

static word table[256];
KERNEL(tables) {
    for (word i = 0; i < 256; i++) {
        word c = i;
        for (int bit = 0; bit < 8; bit++) c = c & 1 ? c >> 1 ^ 0xEDB88320u : c >> 1;
        table[i] = c;
    }
    word crc = ~0u;
    for (int i = 0; i < size; i++) crc = table[(crc ^ (word)(i * 7)) & 255] ^ crc >> 8;
    return (int)~crc;
}

static word mix(word x, int by) { return x << by | x >> (32 - by); }
KERNEL(arithmetic) {
    word a = 1, b = 2, c = 3, d = 4;
    for (int i = 0; i < size; i++) {
        a += b; d = mix(d ^ a, 16);
        c += d; b = mix(b ^ c, 12);
        a += b; d = mix(d ^ a, 8);
        c += d; b = mix(b ^ c, 7);
        a ^= (word)i;
    }
    return (int)(a ^ b ^ c ^ d);
}

KERNEL(doubles) {
    int n = size > 128 ? 128 : size;
    for (int i = 0; i < n * n; i++) { left[i] = (i % 19) * 0.5; right[i] = (i % 11) * 0.25; }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int k = 0; k < n; k++) sum += left[i * n + k] * right[k * n + j];
            product[i * n + j] = sum;
        }
    double total = 0;
    for (int i = 0; i < n * n; i++) total += product[i];
    return (int)total;
}

KERNEL(scanning) {
    static const char text[] = "{\"id\": 4711, \"tags\": [\"a\", \"bc\"], \"ok\": true, \"x\": -2.5e3}\n";
    int period = sizeof text - 1, at = 0, sum = 0, depth = 0;
    for (int i = 0; i < size; i++) bytes[i] = (byte)text[i % period];
    while (at < size) {
        byte c = bytes[at++];
        switch (c) {
            case '{': case '[': depth++; break;
            case '}': case ']': depth--; sum += depth; break;
            case '"': while (at < size && bytes[at] != '"') sum += bytes[at++]; at++; break;
            case '0': case '1': case '2': case '3': case '4':
            case '5': case '6': case '7': case '8': case '9': sum = sum * 10 + c - '0'; break;
            case '-': sum = -sum; break;
            default: break;
        }
    }
    return sum + depth;
}

static APART int add(int a, int b) { return a + b; }
static APART int sub(int a, int b) { return a - 3 * b; }
static APART int xor(int a, int b) { return a ^ b << 1; }
static APART int and(int a, int b) { return (a | 5) & ~b; }
static int (*volatile operations[4])(int, int) = {add, sub, xor, and};
KERNEL(indirect) {
    int x = 7;
    for (int i = 0; i < size; i++) x = operations[(x ^ i) & 3](x, i);
    return x;
}

KERNEL(machine) {
    static const byte program[] = {0, 1, 2, 3, 1, 4, 0, 2, 5, 6};
    int pc = 0, a = size, b = 1, c = 0;
    for (;;) {
        switch (((const volatile byte *)program)[pc++]) {
            case 0: b += a; break;
            case 1: c ^= b; break;
            case 2: b = b * 5 + 1; break;
            case 3: c += b >> 3; break;
            case 4: b -= c; break;
            case 5: a--; break;
            default: if (a <= 0) return b ^ c; pc = 0;
        }
    }
}
