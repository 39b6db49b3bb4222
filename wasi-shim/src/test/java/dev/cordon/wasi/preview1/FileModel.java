package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a file system does, in the simplest way: a map from whole paths to contents. A directory is
 * a path whose content is null; hard links share one content.
 */
final class FileModel {
    private final SortedMap<String, StringBuilder> files = new TreeMap<>();

    FileModel() {
        files.put("", null);
    }

    List<String> list() {
        List<String> paths = new ArrayList<>();
        files.forEach((path, content) -> paths.add(content == null ? path + "/" : path));
        paths.remove("/");
        paths.sort(null);
        return paths;
    }

    String content(String path) {
        return String.valueOf(files.get(path));
    }

    List<String> filePaths() {
        return files.keySet().stream().filter(path -> files.get(path) != null).toList();
    }

    private static String parent(String path) {
        return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
    }

    /** What is wrong with the way to a path, if anything. */
    private Errno way(String path) {
        String parent = parent(path);
        if (files.containsKey(parent)) {
            return files.get(parent) == null ? Errno.SUCCESS : Errno.NOTDIR;
        }
        return way(parent) == Errno.SUCCESS ? Errno.NOENT : way(parent);
    }

    private boolean isDirectory(String path) {
        return files.containsKey(path) && files.get(path) == null;
    }

    private boolean isEmpty(String path) {
        return files.keySet().stream().noneMatch(other -> other.startsWith(path + "/"));
    }

    Errno makeDirectory(String path) {
        Errno way = way(path);
        if (way != Errno.SUCCESS) {
            return way;
        }
        if (files.containsKey(path)) {
            return Errno.EXIST;
        }
        files.put(path, null);
        return Errno.SUCCESS;
    }

    Errno write(String path, String content) {
        Errno way = way(path);
        if (way != Errno.SUCCESS) {
            return way;
        }
        if (isDirectory(path)) {
            return Errno.ISDIR;
        }
        StringBuilder file = files.computeIfAbsent(path, name -> new StringBuilder());
        file.setLength(0);
        file.append(content);
        return Errno.SUCCESS;
    }

    Errno unlink(String path) {
        Errno there = there(path);
        if (there != Errno.SUCCESS) {
            return there;
        }
        if (isDirectory(path)) {
            return Errno.ISDIR;
        }
        files.remove(path);
        return Errno.SUCCESS;
    }

    Errno removeDirectory(String path) {
        Errno there = there(path);
        if (there != Errno.SUCCESS) {
            return there;
        }
        if (!isDirectory(path)) {
            return Errno.NOTDIR;
        }
        if (!isEmpty(path)) {
            return Errno.NOTEMPTY;
        }
        files.remove(path);
        return Errno.SUCCESS;
    }

    private Errno there(String path) {
        Errno way = way(path);
        return way == Errno.SUCCESS && !files.containsKey(path) ? Errno.NOENT : way;
    }

    Errno link(String from, String to) {
        Errno ways = ways(from, to);
        if (ways != Errno.SUCCESS) {
            return ways;
        }
        if (!files.containsKey(from)) {
            return Errno.NOENT;
        }
        if (isDirectory(from)) {
            return Errno.PERM;
        }
        if (files.containsKey(to)) {
            return Errno.EXIST;
        }
        files.put(to, files.get(from));
        return Errno.SUCCESS;
    }

    Errno rename(String from, String to) {
        Errno ways = ways(from, to);
        if (ways != Errno.SUCCESS) {
            return ways;
        }
        if (!files.containsKey(from)) {
            return Errno.NOENT;
        }
        if (from.equals(to) || (files.get(from) != null && files.get(from) == files.get(to))) {
            return Errno.SUCCESS;
        }
        return isDirectory(from) ? renameDirectory(from, to) : renameFile(from, to);
    }

    private Errno ways(String from, String to) {
        return way(from) == Errno.SUCCESS ? way(to) : way(from);
    }

    private Errno renameFile(String from, String to) {
        if (isDirectory(to)) {
            return Errno.ISDIR;
        }
        files.put(to, files.remove(from));
        return Errno.SUCCESS;
    }

    private Errno renameDirectory(String from, String to) {
        if (to.startsWith(from + "/")) {
            return Errno.INVAL;
        }
        if (files.containsKey(to) && !isDirectory(to)) {
            return Errno.NOTDIR;
        }
        if (isDirectory(to) && !isEmpty(to)) {
            return Errno.NOTEMPTY;
        }
        for (String path : List.copyOf(files.keySet())) {
            if (path.equals(from) || path.startsWith(from + "/")) {
                files.put(to + path.substring(from.length()), files.remove(path));
            }
        }
        return Errno.SUCCESS;
    }
}
