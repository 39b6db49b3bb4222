package dev.cordon.scan.sbom;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates zlib data up to a bound. */
final class Inflation {
    private static final int CHUNK = 64 * 1024;

    private Inflation() {}

    static byte[] of(byte[] bytes, int offset, int size, int most) throws MalformedSbomException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes, offset, size);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] chunk = new byte[CHUNK];
            while (!inflater.finished()) {
                int count = inflater.inflate(chunk);
                if (count == 0 && !inflater.finished()) {
                    throw new MalformedSbomException("its compressed data ends too early");
                }
                out.write(chunk, 0, count);
                if (out.size() > most) {
                    throw new MalformedSbomException("it inflates to more than " + most + " bytes");
                }
            }
            if (inflater.getRemaining() > 0) {
                throw new MalformedSbomException("bytes follow its compressed data");
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new MalformedSbomException("it is not compressed with zlib");
        } finally {
            inflater.end();
        }
    }
}
