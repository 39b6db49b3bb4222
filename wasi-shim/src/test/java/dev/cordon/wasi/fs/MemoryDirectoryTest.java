package dev.cordon.wasi.fs;

class MemoryDirectoryTest extends DirectoryHandleContract {
    private static final long CAPACITY = 4 << 20;
    private static final long MAX_FILES = 2_000;

    @Override
    DirectoryHandle newRoot() {
        return MemoryTree.create(CAPACITY, MAX_FILES).open();
    }

    @Override
    boolean tellsEverything() {
        return true;
    }
}
