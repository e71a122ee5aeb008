package io.numa.avatar.cli.config;

import io.numa.avatar.cli.config.value.Accepts;
import io.numa.avatar.cli.config.value.Accepts.Form;
import io.numa.avatar.cli.config.value.Accepts.Range;
import io.numa.avatar.cli.config.value.Accepts.Special;
import io.numa.avatar.cli.config.value.SecretFile;
import io.numa.avatar.document.Key;
import io.numa.avatar.document.Key.Default;
import io.numa.avatar.document.Key.Required;
import io.numa.avatar.port.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Authorship of commits, access to Git hosts, and what is done with repositories. */
public record GitSection(
    @Key("Author of the commits, and the user name over HTTP where no credential names another.")
        @Required
        @Default("numa-avatar")
        @Form(value = "[^<>\\x00-\\x1f\\x7f]{1,200}", expected = "a name without '<' and '>'")
        String username,
    @Key("The author's address.")
        @Required
        @Default("numa-avatar@localhost")
        @Form(
            value = "[^<>@\\s\\x00-\\x1f\\x7f]+@[^<>@\\s\\x00-\\x1f\\x7f]+",
            expected = "an e-mail address")
        String email,
    @Key("How to sign in at Git hosts; the first entry whose host matches is used.") @Default("")
        List<Credential> credentials,
    @Key("How long a Git server may stay silent.") @Default("60s") @Range(least = "1s", most = "1h")
        Duration timeout,
    @Key("How many commits of a branch's history are fetched; `0` for all of it.")
        @Default("0")
        @Range(least = "0", most = "1000000")
        Integer depth,
    @Key("Whether tasks may push to the branch that a repository's HEAD points to.")
        @Default("false")
        Boolean allowDefaultBranch,
    @Key(
            "Whether the first pack of a repository is indexed on several threads; JGit's own,"
                + " slower indexer does it where this is `false`.")
        @Default("true")
        Boolean parallelIndex,
    @Key(
            "Whether a pull or merge request, or a change at Gerrit, is opened for what was pushed,"
                + " and in what state.")
        @Default("none")
        @Form(value = "none|draft|ready", expected = "none, draft or ready")
        String changeRequest,
    @Key("Labels that it gets; hashtags at Gerrit.")
        @Default("")
        @Form(value = "[^,\\x00-\\x1f\\x7f]{1,50}", expected = "a label of up to 50 characters")
        List<String> changeRequestLabels,
    @Key("Users who are asked to review it, by the names they sign in with.")
        @Default("")
        @Form(value = "[^,\\s\\x00-\\x1f\\x7f]{1,100}", expected = "a user's name")
        List<String> changeRequestReviewers,
    @Key("Private key that commits are signed with; they are not signed where it is missing.")
        Optional<Path> signingKey,
    @Key("What that key is: `ssh` or `openpgp`; seen from the file where it is missing.")
        @Form(value = "ssh|openpgp", expected = "ssh or openpgp")
        Optional<String> signingFormat,
    @Key("Passphrase of that key.") Optional<Secret> signingPassphrase,
    @Key("File that holds that passphrase.") Optional<SecretFile> signingPassphraseFile,
    @Key("Whether files that Git LFS keeps are real files in the tree, rather than pointers.")
        @Default("true")
        Boolean lfs,
    @Key("Whether the files of submodules, and of those in them, are in the tree.")
        @Default("false")
        Boolean submodules,
    @Key(
            "Folders of a repository that are in the tree, beside the files above them; all where"
                + " there are none.")
        @Default("")
        @Form(
            value = "(?!/)(?!(?:.*/)?\\.\\.?(?:/|$))[^*?\\[\\]\\\\\\x00-\\x1f\\x7f]+",
            expected = "a folder such as src/app")
        List<String> sparse,
    @Key(
            "The only repositories that tasks may use, such as `https://github.com/acme/*` or"
                + " `ssh://git@git.example.com/*`; by default all but those on this machine.")
        @Default("https://*, http://*, ssh://*")
        @Accepts(Special.URL_PATTERN)
        List<String> allowedUrls,
    @Key("Certificates in PEM of authorities to trust beside those of the JDK.")
        @Accepts(Special.CERTIFICATES)
        Optional<Path> caFile,
    @Key(
            "HTTP proxy, such as `http://proxy.example.com:3128`, to reach Git hosts through; not"
                + " for SSH.")
        @Accepts(Special.PROXY)
        Optional<URI> proxy,
    @Key("User name for the proxy, where it wants a login.")
        @Form(value = "[^:\\x00-\\x1f\\x7f]+", expected = "a user's name, without ':'")
        Optional<String> proxyUsername,
    @Key("Password for the proxy.") Optional<Secret> proxyPassword,
    @Key("File that holds that password.") Optional<SecretFile> proxyPasswordFile,
    @Key("Hosts that are reached without the proxy; `.example.com` stands for all below.")
        @Default("")
        @Form(value = "[^\\s/:@*]+", expected = "a host such as git.example.com")
        List<String> noProxy) {

  /** What opens the private key that commits are signed with. */
  public Optional<Secret> passphraseOfSigningKey() {
    return SecretFile.either(signingPassphrase, signingPassphraseFile);
  }

  /** The password for the proxy. */
  public Optional<Secret> passwordOfProxy() {
    return SecretFile.either(proxyPassword, proxyPasswordFile);
  }

  Stream<Secret> secrets() {
    return Stream.concat(
        credentials.stream().flatMap(Credential::secrets),
        Stream.of(passphraseOfSigningKey(), passwordOfProxy()).flatMap(Optional::stream));
  }
}
