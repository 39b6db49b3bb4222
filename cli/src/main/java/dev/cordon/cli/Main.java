package dev.cordon.cli;

/** Where the JVM starts. */
public final class Main {
    private Main() {}

    /**
     * Runs the command and exits with its status.
     *
     * @param args as the shell gives them
     */
    public static void main(String[] args) {
        System.exit(CordonCli.ofProcess().run(args));
    }
}
