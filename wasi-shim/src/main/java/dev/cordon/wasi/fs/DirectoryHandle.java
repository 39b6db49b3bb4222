package dev.cordon.wasi.fs;

import dev.cordon.wasi.abi.Refusal;
import java.io.Closeable;
import java.io.IOException;

/**
 * An open directory.
 *
 * <p>It is the directory itself, not its name: it stays the same one when it is renamed. Every
 * {@code name} is one component, already checked: not empty, not {@code .} or {@code ..}, without a
 * slash or a zero character. No method follows a symbolic link. Thread-safe; after {@link #close}
 * every method refuses with {@code EBADF} and never touches what the system gave the number to
 * next.
 */
public interface DirectoryHandle extends Closeable {
    /**
     * What is known of this directory.
     *
     * @return its attributes
     * @throws Refusal when it is gone
     * @throws IOException when the host cannot tell
     */
    FileStat stat() throws Refusal, IOException;

    /**
     * What is known of an entry; a symbolic link is told of itself.
     *
     * @param name the entry
     * @return its attributes
     * @throws Refusal {@code ENOENT} when there is none
     * @throws IOException when the host cannot tell
     */
    FileStat stat(String name) throws Refusal, IOException;

    /**
     * Opens a directory in this one.
     *
     * @param name the entry
     * @return a handle that the caller closes
     * @throws Refusal {@code ENOENT}, {@code ELOOP} when it is a symbolic link, {@code ENOTDIR}
     * @throws IOException when the host cannot open it
     */
    DirectoryHandle openDirectory(String name) throws Refusal, IOException;

    /**
     * Opens a regular file in this directory, and nothing but a regular file: a pipe or a device is
     * refused without being opened, so that no host thread waits for it.
     *
     * @param name the entry
     * @param mode what is to be done with it
     * @return a handle that the caller closes
     * @throws Refusal {@code ENOENT}, {@code EEXIST}, {@code EISDIR}, {@code ELOOP} when it is a
     *     symbolic link, {@code EACCES} when it is something else
     * @throws IOException when the host cannot open it
     */
    FileHandle openFile(String name, OpenMode mode) throws Refusal, IOException;

    /**
     * Reads a symbolic link.
     *
     * @param name the entry
     * @return its text, as it stands
     * @throws Refusal {@code ENOENT}, {@code EINVAL} when it is no link, {@code EILSEQ} when the
     *     text is not UTF-8
     * @throws IOException when the host cannot read it
     */
    String readLink(String name) throws Refusal, IOException;

    /**
     * Creates a directory.
     *
     * @param name the entry
     * @throws Refusal {@code EEXIST}, or a quota's refusal
     * @throws IOException when the host cannot
     */
    void createDirectory(String name) throws Refusal, IOException;

    /**
     * Creates a symbolic link.
     *
     * @param name the entry
     * @param target its text, not looked at
     * @throws Refusal {@code EEXIST}, or a quota's refusal
     * @throws IOException when the host cannot
     */
    void createLink(String name, String target) throws Refusal, IOException;

    /**
     * Removes an empty directory.
     *
     * @param name the entry
     * @throws Refusal {@code ENOENT}, {@code ENOTDIR}, {@code ENOTEMPTY}
     * @throws IOException when the host cannot
     */
    void removeDirectory(String name) throws Refusal, IOException;

    /**
     * Removes an entry that is no directory; whoever has it open goes on with it.
     *
     * @param name the entry
     * @throws Refusal {@code ENOENT}, {@code EISDIR}
     * @throws IOException when the host cannot
     */
    void removeFile(String name) throws Refusal, IOException;

    /**
     * Moves an entry, replacing what may be replaced, in one step.
     *
     * @param name the entry
     * @param to the directory that it moves to
     * @param newName what it is called there
     * @throws Refusal {@code EXDEV} when {@code to} is of another file system, and what POSIX says
     * @throws IOException when the host cannot
     */
    void rename(String name, DirectoryHandle to, String newName) throws Refusal, IOException;

    /**
     * Gives a file a second name.
     *
     * @param name the entry; a symbolic link is linked itself, where the system can
     * @param to the directory that gets the new entry
     * @param newName what it is called there
     * @throws Refusal {@code EXDEV}, {@code EEXIST}, {@code EPERM} for a directory, {@code ENOTSUP}
     * @throws IOException when the host cannot
     */
    void link(String name, DirectoryHandle to, String newName) throws Refusal, IOException;

    /**
     * Changes the times of this directory.
     *
     * @param times which, and to what
     * @throws Refusal when it is gone
     * @throws IOException when the host cannot
     */
    void setTimes(TimeChange times) throws Refusal, IOException;

    /**
     * Changes the times of an entry; those of a symbolic link are its own.
     *
     * @param name the entry
     * @param times which, and to what
     * @throws Refusal {@code ENOENT}, {@code ENOTSUP} where the system cannot
     * @throws IOException when the host cannot
     */
    void setTimes(String name, TimeChange times) throws Refusal, IOException;

    /**
     * Begins to list the entries, without {@code .} and {@code ..}.
     *
     * @return a cursor at the first entry, which the caller closes
     * @throws Refusal when it is gone
     * @throws IOException when the host cannot
     */
    EntryCursor entries() throws Refusal, IOException;

    /**
     * Waits until changes of the entries are stored.
     *
     * @throws Refusal when it is gone
     * @throws IOException when the host cannot
     */
    void sync() throws Refusal, IOException;

    /**
     * Another handle of the same directory, closed on its own.
     *
     * @return a handle that the caller closes
     * @throws Refusal when it is gone
     * @throws IOException when the host cannot
     */
    DirectoryHandle duplicate() throws Refusal, IOException;

    @Override
    void close() throws IOException;
}
