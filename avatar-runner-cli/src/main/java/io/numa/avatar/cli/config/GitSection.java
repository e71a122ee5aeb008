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

/** Authorship of commits, access to Git hosts, and how repositories are used. */
public record GitSection(
    @Key("Author of the commits. Also the user name over HTTP, unless a credential has one.")
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
    @Key("How to sign in at Git hosts. The avatar uses the first entry whose host" + " matches.")
        @Default("")
        List<Credential> credentials,
    @Key("How long a Git server may send nothing.")
        @Default("60s")
        @Range(least = "1s", most = "1h")
        Duration timeout,
    @Key("How many commits of a branch's history to fetch; `0` for all of it.")
        @Default("0")
        @Range(least = "0", most = "1000000")
        Integer depth,
    @Key("Whether tasks may push to the branch that a repository's HEAD points to.")
        @Default("false")
        Boolean allowDefaultBranch,
    @Key(
            "Whether to index the first pack of a repository on several threads. With"
                + " `false`, JGit's own, slower indexer is used.")
        @Default("true")
        Boolean parallelIndex,
    @Key(
            "Whether to open a pull or merge request (at Gerrit, a change) for the pushed"
                + " commit, and in which state.")
        @Default("none")
        @Form(value = "none|draft|ready", expected = "none, draft or ready")
        String changeRequest,
    @Key("Labels of the change request; hashtags at Gerrit.")
        @Default("")
        @Form(value = "[^,\\x00-\\x1f\\x7f]{1,50}", expected = "a label of up to 50 characters")
        List<String> changeRequestLabels,
    @Key("Users to ask for a review, by their login names.")
        @Default("")
        @Form(value = "[^,\\s\\x00-\\x1f\\x7f]{1,100}", expected = "a user's name")
        List<String> changeRequestReviewers,
    @Key("What the avatar looks after in the change requests that it has opened.")
        FollowUp followUp,
    @Key("Private key to sign commits with. Without it, commits are not signed.")
        Optional<Path> signingKey,
    @Key("Kind of that key: `ssh` or `openpgp`. Without it, the avatar finds out from the file.")
        @Form(value = "ssh|openpgp", expected = "ssh or openpgp")
        Optional<String> signingFormat,
    @Key("Passphrase of that key.") Optional<Secret> signingPassphrase,
    @Key("File that holds that passphrase.") Optional<SecretFile> signingPassphraseFile,
    @Key("Whether the working tree has the content of Git LFS files, rather than pointers.")
        @Default("true")
        Boolean lfs,
    @Key("Whether the working tree has the files of submodules, nested ones included.")
        @Default("false")
        Boolean submodules,
    @Key(
            "Folders of a repository to check out, with the files directly in the folders"
                + " above them. Without any, everything is checked out.")
        @Default("")
        @Form(
            value = "(?!/)(?!(?:.*/)?\\.\\.?(?:/|$))[^*?\\[\\]\\\\\\x00-\\x1f\\x7f]+",
            expected = "a folder such as src/app")
        List<String> sparse,
    @Key(
            "The repositories that tasks may use, such as `https://github.com/acme/*` or"
                + " `ssh://git@git.example.com/*`. By default, all except those on this machine.")
        @Default("https://*, http://*, ssh://*")
        @Accepts(Special.URL_PATTERN)
        List<String> allowedUrls,
    @Key(
            "Hosts and networks that tasks may reach although they are not public: `10.0.0.0/8`,"
                + " `git.corp.example`, `.corp.example` for all hosts below it. Those that"
                + " `git.credentials` or `git.allowed_urls` name by host and port need no entry.")
        @Default("")
        @Accepts(Special.NETWORK)
        List<String> allowedNetworks,
    @Key("Certificates (PEM) of authorities to trust, in addition to those of the JDK.")
        @Accepts(Special.CERTIFICATES)
        Optional<Path> caFile,
    @Key(
            "HTTP proxy, such as `http://proxy.example.com:3128`, to reach Git hosts and"
                + " registries of packages through; not"
                + " for SSH.")
        @Accepts(Special.PROXY)
        Optional<URI> proxy,
    @Key("User name for the proxy, if it requires a login.")
        @Form(value = "[^:\\x00-\\x1f\\x7f]+", expected = "a user's name, without ':'")
        Optional<String> proxyUsername,
    @Key("Password for the proxy.") Optional<Secret> proxyPassword,
    @Key("File that holds that password.") Optional<SecretFile> proxyPasswordFile,
    @Key("Hosts to reach without the proxy. `.example.com` stands for all hosts below it.")
        @Default("")
        @Form(value = "[^\\s/:@*]+", expected = "a host such as git.example.com")
        List<String> noProxy) {

  /** The passphrase of the private key that signs commits. */
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

  /** What the avatar looks after in the change requests that it has opened. */
  public record FollowUp(
      @Key(
              "Whether review comments become tasks of the avatar's own, whose commits go to the same"
                  + " change request; at GitHub, GitLab, Gitea and Forgejo.")
          @Default("false")
          Boolean reviews,
      @Key("Whether failed checks of a change request's newest commit do.") @Default("false")
          Boolean checks,
      @Key("How many such tasks follow each other without new input from people.")
          @Default("3")
          @Range(least = "1", most = "20")
          Integer attempts,
      @Key(
              "Users whose comments count, by their login names. Without any, those count whom the"
                  + " service lets push to the repository.")
          @Default("")
          @Form(value = "[^,\\s\\x00-\\x1f\\x7f]{1,100}", expected = "a user's name")
          List<String> from,
      @Key(
              "How often the avatar looks at a change request in which something happens. Where"
                  + " nothing does, it looks less often, up to every 30 minutes.")
          @Default("2m")
          @Range(least = "1s", most = "1d")
          Duration interval) {

    /** Whether anything is looked after. */
    public boolean isOn() {
      return Boolean.TRUE.equals(reviews) || Boolean.TRUE.equals(checks);
    }
  }
}
