package dev.cordon.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What can be written behind {@code keygen}, {@code sign} and {@code verify}. */
final class TrustSyntax {
    private TrustSyntax() {}

    static CommandSpec keygen() {
        CommandSpec spec =
                Syntax.command(
                        Syntax.KEYGEN,
                        "Makes a key: NAME.key for signing, which only its owner may read, and"
                                + " NAME.pub for checking.");
        add(
                spec,
                "--algorithm",
                "ALGORITHM",
                "ed25519 (default), ecdsa-p256, ecdsa-p384, ecdsa-p521, rsa (3072 bits) or"
                        + " ml-dsa-65. Signatures inside a module need ed25519.");
        spec.addOption(
                Syntax.flag(
                                "--encrypt",
                                "Encrypts NAME.key with the passphrase in CORDON_PASSPHRASE, or one"
                                        + " that is asked for.")
                        .build());
        spec.addOption(
                Syntax.flag(
                                "--test-authority",
                                "Makes NAME a folder with an authority, a signer's certificate and"
                                        + " a list of revocations, to try certificates out with.")
                        .build());
        spec.addOption(verbose());
        spec.addPositional(positional("NAME", "The files' name, without an ending."));
        Syntax.example(spec, "cordon keygen --encrypt acme");
        return spec;
    }

    static CommandSpec sign() {
        CommandSpec spec =
                Syntax.command(
                        Syntax.SIGN,
                        "Signs a plugin from inside; with --detached from outside, with"
                                + " --statement another document.");
        spec.addOption(
                CallSyntax.option("--key", "FILE", "The private key, PKCS#8 in PEM.").build());
        add(spec, "--manifest", "FILE", "Puts this manifest into the module first.");
        add(spec, "--out", "FILE", "Where to write. Default: in place, or beside the input.");
        spec.addOption(
                Syntax.flag("--detached", "Writes PLUGIN.p7s (CMS); needs --certificate.").build());
        add(
                spec,
                "--certificate",
                "FILE",
                "Certificates in PEM, the signer's own first, for --detached.");
        spec.addOption(
                Syntax.flag(
                                "--statement",
                                "PLUGIN is a list of revocations or a rotation of keys in JSON;"
                                        + " writes PLUGIN.signed.")
                        .build());
        add(
                spec,
                "--timestamp-request",
                "FILE",
                "Writes a request for a timestamp of PLUGIN.p7s to FILE (RFC 3161).");
        add(
                spec,
                "--timestamp-reply",
                "FILE",
                "Adds the timestamp that an authority answered with to PLUGIN.p7s.");
        spec.addOption(verbose());
        spec.addPositional(positional("PLUGIN", "The plugin's .wasm file, or the document."));
        Syntax.example(spec, "cordon sign --key acme.key --manifest tool.json tool.wasm");
        return spec;
    }

    static CommandSpec verify() {
        CommandSpec spec =
                Syntax.command(
                        Syntax.VERIFY,
                        "Says line by line whether a plugin is trusted, and why. Runs nothing.");
        add(spec, "--config", "FILE", "The policy, in JSON; docs/trust.md describes it.");
        spec.addOption(
                CallSyntax.repeated(
                        "--key", "FILE", "Trusts this public key for any plugin. Repeatable."));
        spec.addOption(
                CallSyntax.repeated(
                        "--authority",
                        "FILE",
                        "Trusts certificates that this authority (PEM) issued to --subject."
                                + " Repeatable."));
        spec.addOption(
                CallSyntax.repeated(
                        "--subject",
                        "NAME",
                        "Whose certificates, such as `CN=Acme Plugins,O=Acme` in the form of RFC"
                                + " 2253. Repeatable."));
        spec.addOption(
                CallSyntax.repeated(
                        "--timestamp-authority",
                        "FILE",
                        "Trusts timestamps that this authority (PEM) issued certificates for."
                                + " Repeatable."));
        add(spec, "--crls", "FOLDER", "Lists of revoked certificates (CRLs), DER or PEM.");
        add(spec, "--revocation", "CHECK", "`hard` (default), `soft` or `off`: without a list.");
        spec.addOption(verbose());
        spec.addPositional(positional("PLUGIN", "The plugin's .wasm file."));
        Syntax.example(spec, "cordon verify --key acme.pub tool.wasm");
        return spec;
    }

    private static void add(CommandSpec spec, String name, String label, String description) {
        spec.addOption(CallSyntax.option(name, label, description).build());
    }

    private static OptionSpec verbose() {
        return Syntax.flag("--verbose", "Shows stack traces of Java, too.").build();
    }

    private static PositionalParamSpec positional(String label, String description) {
        return PositionalParamSpec.builder()
                .index("0")
                .type(String.class)
                .required(true)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** The values of an option that may be repeated. */
    static List<String> values(picocli.CommandLine.ParseResult options, String option) {
        return options.matchedOptionValue(option, List.of());
    }
}
