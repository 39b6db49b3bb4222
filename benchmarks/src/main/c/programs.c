/* Kernels that do what plugins do: they hash, sort, encode, look up, search, multiply, simulate and
 * unpack, in memory. Each takes a size and returns a checksum, which BytePrograms.java and NumberPrograms.java compute the same
 * way. No library, no start-up. */
typedef unsigned char byte;
typedef unsigned int word;
typedef unsigned long long wide;

#define KERNEL(name) __attribute__((export_name(#name))) int name(int size)
#define APART __attribute__((noinline))

static byte input[1 << 18], output[1 << 19];
static word words[1 << 17];

static word seed;
static word next(void) { return seed = seed * 1664525u + 1013904223u; }

static void fill(int size) {
    seed = 42;
    for (int i = 0; i < size; i++) input[i] = (byte)(next() >> 24);
}

/* SHA-256 over size bytes, without the padding at the end. */
static const word rounds[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};
static word state[8], schedule[64];

static word turn(word x, int by) { return x >> by | x << (32 - by); }

static APART void block(const byte *at) {
    for (int i = 0; i < 16; i++, at += 4)
        schedule[i] = (word)at[0] << 24 | (word)at[1] << 16 | (word)at[2] << 8 | at[3];
    for (int i = 16; i < 64; i++) {
        word a = schedule[i - 15], b = schedule[i - 2];
        schedule[i] = schedule[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ a >> 3) + schedule[i - 7] +
                      (turn(b, 17) ^ turn(b, 19) ^ b >> 10);
    }
    word a = state[0], b = state[1], c = state[2], d = state[3];
    word e = state[4], f = state[5], g = state[6], h = state[7];
    for (int i = 0; i < 64; i++) {
        word one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + rounds[i] +
                   schedule[i];
        word two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g; g = f; f = e; e = d + one; d = c; c = b; b = a; a = one + two;
    }
    state[0] += a; state[1] += b; state[2] += c; state[3] += d;
    state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

KERNEL(hashing) {
    fill(size);
    for (int i = 0; i < 8; i++) state[i] = rounds[i] ^ 0x5a5a5a5au;
    for (int at = 0; at + 64 <= size; at += 64) block(input + at);
    return (int)(state[0] ^ state[3] ^ state[7]);
}

/* Quicksort of size numbers. */
static APART void sort(int low, int high) {
    while (low < high) {
        word pivot = words[(low + high) >> 1];
        int i = low, j = high;
        while (i <= j) {
            while (words[i] < pivot) i++;
            while (words[j] > pivot) j--;
            if (i <= j) {
                word other = words[i];
                words[i++] = words[j];
                words[j--] = other;
            }
        }
        if (j - low < high - i) { sort(low, j); low = i; }
        else { sort(i, high); high = j; }
    }
}

KERNEL(sorting) {
    seed = 7;
    for (int i = 0; i < size; i++) words[i] = next();
    sort(0, size - 1);
    word sum = 0;
    for (int i = 0; i < size; i++) sum = sum * 31 + words[i];
    return (int)sum;
}

/* Base64 of size bytes, and back. */
static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static byte values[256];

KERNEL(encoding) {
    fill(size);
    for (int i = 0; i < 64; i++) values[(byte)letters[i]] = (byte)i;
    int length = 0;
    for (int i = 0; i + 2 < size; i += 3) {
        word three = (word)input[i] << 16 | (word)input[i + 1] << 8 | input[i + 2];
        output[length++] = (byte)letters[three >> 18];
        output[length++] = (byte)letters[three >> 12 & 63];
        output[length++] = (byte)letters[three >> 6 & 63];
        output[length++] = (byte)letters[three & 63];
    }
    word sum = 0;
    for (int i = 0; i < length; i += 4) {
        word three = (word)values[output[i]] << 18 | (word)values[output[i + 1]] << 12 |
                     (word)values[output[i + 2]] << 6 | values[output[i + 3]];
        sum = sum * 33 + three;
    }
    return (int)sum;
}

/* A hash table with open addressing: size insertions and as many look-ups. */
KERNEL(lookups) {
    const word mask = (1 << 16) - 1;
    word *keys = words, *counts = words + (1 << 16);
    for (word i = 0; i <= mask; i++) { keys[i] = 0; counts[i] = 0; }
    seed = 99;
    for (int i = 0; i < size; i++) {
        word key = (next() >> 18) + 1;
        word at = key * 2654435761u >> 16 & mask;
        while (keys[at] != 0 && keys[at] != key) at = (at + 1) & mask;
        keys[at] = key;
        counts[at]++;
    }
    word sum = 0;
    for (int i = 0; i < size; i++) {
        word key = (word)i % 20000 + 1;
        word at = key * 2654435761u >> 16 & mask;
        while (keys[at] != 0 && keys[at] != key) at = (at + 1) & mask;
        sum += keys[at] == key ? counts[at] : 1;
    }
    return (int)sum;
}

/* Counts a pattern in a text of size letters, by Horspool's rule. */
static byte skip[256];

KERNEL(searching) {
    static const byte pattern[] = {'c', 'a', 'b', 'd', 'a'};
    const int length = sizeof pattern;
    seed = 5;
    for (int i = 0; i < size; i++) input[i] = (byte)('a' + (next() >> 30));
    for (int i = 0; i < 256; i++) skip[i] = (byte)length;
    for (int i = 0; i < length - 1; i++) skip[pattern[i]] = (byte)(length - 1 - i);
    int found = 0;
    for (int at = 0; at + length <= size;) {
        int i = length - 1;
        while (i >= 0 && input[at + i] == pattern[i]) i--;
        if (i < 0) found++;
        at += skip[input[at + length - 1]];
    }
    return found;
}

/* Product of two numbers of size limbs of 32 bits. */
KERNEL(multiplying) {
    word *left = words, *right = words + 4096, *result = words + 8192;
    seed = 3;
    for (int i = 0; i < size; i++) { left[i] = next(); right[i] = next(); }
    for (int i = 0; i < 2 * size; i++) result[i] = 0;
    for (int i = 0; i < size; i++) {
        wide carry = 0;
        for (int j = 0; j < size; j++) {
            wide sum = (wide)left[i] * right[j] + result[i + j] + carry;
            result[i + j] = (word)sum;
            carry = sum >> 32;
        }
        result[i + size] = (word)carry;
    }
    word sum = 0;
    for (int i = 0; i < 2 * size; i++) sum = sum * 31 + result[i];
    return (int)sum;
}

/* Five bodies that attract each other, over size steps. */
struct body { double x, y, z, vx, vy, vz, mass; };
static struct body bodies[5];

KERNEL(simulating) {
    for (int i = 0; i < 5; i++)
        bodies[i] = (struct body){i * 1.5, i * i * 0.5, 2.0 - i, 0.1 * i, 0.2 - 0.05 * i, 0.01 * i, 1.0 + i};
    for (int step = 0; step < size; step++) {
        for (int i = 0; i < 5; i++) {
            struct body *a = &bodies[i];
            for (int j = i + 1; j < 5; j++) {
                struct body *b = &bodies[j];
                double x = a->x - b->x, y = a->y - b->y, z = a->z - b->z;
                double square = x * x + y * y + z * z + 0.01;
                double pull = 0.001 / (square * __builtin_sqrt(square));
                a->vx -= x * b->mass * pull; a->vy -= y * b->mass * pull; a->vz -= z * b->mass * pull;
                b->vx += x * a->mass * pull; b->vy += y * a->mass * pull; b->vz += z * a->mass * pull;
            }
        }
        for (int i = 0; i < 5; i++) {
            struct body *a = &bodies[i];
            a->x += 0.001 * a->vx; a->y += 0.001 * a->vy; a->z += 0.001 * a->vz;
        }
    }
    double sum = 0;
    for (int i = 0; i < 5; i++) sum += bodies[i].x + bodies[i].y + bodies[i].z;
    return (int)(sum * 1e6);
}

/* Packs size bytes by runs and repetitions, and unpacks them again. */
static word recent[4096];

KERNEL(unpacking) {
    seed = 11;
    for (int i = 0; i < size; i++) input[i] = (byte)(i % 1000 < 300 ? i % 7 : next() >> 29);
    for (int i = 0; i < 4096; i++) recent[i] = 0;
    int length = 0;
    for (int at = 0; at < size;) {
        int run = 0, from = 0;
        if (at + 4 <= size) {
            word four = (word)input[at] | (word)input[at + 1] << 8 | (word)input[at + 2] << 16 |
                        (word)input[at + 3] << 24;
            word slot = four * 2654435761u >> 20;
            from = (int)recent[slot] - 1;
            recent[slot] = (word)at + 1;
            if (from >= 0 && at - from < 65536)
                while (run < 255 && at + run < size && input[from + run] == input[at + run]) run++;
        }
        if (run >= 4) {
            output[length++] = (byte)run;
            output[length++] = (byte)((at - from) >> 8);
            output[length++] = (byte)(at - from);
            at += run;
        } else {
            output[length++] = 0;
            output[length++] = input[at++];
        }
    }
    int done = 0;
    byte *text = (byte *)words;
    for (int at = 0; at < length;) {
        int run = output[at++];
        if (run == 0) { text[done++] = output[at++]; continue; }
        int from = done - (output[at] << 8 | output[at + 1]);
        at += 2;
        while (run-- > 0) text[done++] = text[from++];
    }
    word sum = (word)length;
    for (int i = 0; i < done; i++) sum = sum * 31 + text[i];
    return (int)sum;
}
