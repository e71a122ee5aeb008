package io.numa.avatar.cli.config;

import io.numa.avatar.cli.config.value.Accepts;
import io.numa.avatar.cli.config.value.Accepts.Form;
import io.numa.avatar.cli.config.value.Accepts.Special;
import io.numa.avatar.cli.config.value.SecretFile;
import io.numa.avatar.document.Key;
import io.numa.avatar.document.Key.Default;
import io.numa.avatar.document.Key.Noun;
import io.numa.avatar.document.Key.Required;
import io.numa.avatar.git.settings.HostingService;
import io.numa.avatar.git.settings.TokenSource;
import io.numa.avatar.port.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How to sign in at a Git host: an entry of {@code git.credentials}. */
@Noun("a credential: host, token, …")
public record Credential(
    @Key("The host it is for: on any port, or with `:port` on that one only.")
        @Required
        @Form(
            value =
                "(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]{1,5})?",
            expected = "a host such as git.example.com or git.example.com:8443")
        String host,
    @Key(
            "What runs there: `github`, `gitlab`, `gitea` (Forgejo and Gogs, too), `gitee`,"
                + " `bitbucket`, `azure`, `gerrit` or `plain`; guessed by the host where it is"
                + " missing.")
        Optional<HostingService> service,
    @Key(
            "User name where the URL names none; the service's usual one for tokens where it is"
                + " missing, such as `x-access-token`, and `git.username` where it has none.")
        Optional<String> username,
    @Key("Access token for HTTP.") Optional<Secret> token,
    @Key("File that holds the token; read each time it is needed.") Optional<SecretFile> tokenFile,
    @Key(
            "Program that prints the token, and its arguments; run without a shell each time the"
                + " token is needed.")
        @Nullable List<String> tokenCommand,
    @Key("Password for HTTP; used just as a token is.") Optional<Secret> password,
    @Key("File that holds the password; read each time it is needed.")
        Optional<SecretFile> passwordFile,
    @Key("Private key for SSH.") Optional<Path> sshKey,
    @Key("Passphrase of the private key.") Optional<Secret> passphrase,
    @Key("File that holds the passphrase.") Optional<SecretFile> passphraseFile,
    @Key("Whether the keys of the SSH agent behind `SSH_AUTH_SOCK` are tried.")
        @Default("false")
        @Accepts(Special.SSH_AGENT)
        Boolean sshAgent,
    @Key("Host keys to trust over SSH, in OpenSSH's format.") Optional<Path> knownHosts,
    @Key(
            "Where change requests are asked for, and for Gerrit where its pages are; found from the"
                + " host where it is missing.")
        Optional<URI> apiUrl,
    @Key("Token for that; the one for HTTP where it is missing.") Optional<Secret> apiToken,
    @Key("File that holds that token.") Optional<SecretFile> apiTokenFile,
    @Key("Whether the token or password may travel over plain `http` to other machines.")
        @Default("false")
        Boolean allowInsecureHttp) {

  /** The host in lower case, and behind a colon its port, where there is one. */
  public String address() {
    return host.toLowerCase(Locale.ROOT).replaceFirst(":0+(?=[0-9]+$)", ":");
  }

  /** The host in lower case, without a port. */
  public String hostName() {
    return address().replaceFirst(":[0-9]+$", "");
  }

  /** Where the token or password for HTTP comes from each time it is needed. */
  public Optional<TokenSource> tokenSource() {
    return token
        .or(() -> password)
        .<TokenSource>map(TokenSource.Given::new)
        .or(
            () ->
                tokenFile.or(() -> passwordFile).map(SecretFile::path).map(TokenSource.InFile::new))
        .or(() -> Optional.ofNullable(tokenCommand).map(TokenSource.ByCommand::new));
  }

  /** The token or password for HTTP as the process started; empty if a command gives it. */
  public Optional<Secret> secret() {
    return SecretFile.either(token, tokenFile).or(() -> SecretFile.either(password, passwordFile));
  }

  /** What opens the private key for SSH. */
  public Optional<Secret> passphraseOfSshKey() {
    return SecretFile.either(passphrase, passphraseFile);
  }

  /** The token for the API; where it is empty, the one for HTTP counts. */
  public Optional<Secret> tokenOfApi() {
    return SecretFile.either(apiToken, apiTokenFile);
  }

  Stream<Secret> secrets() {
    return Stream.of(secret(), passphraseOfSshKey(), tokenOfApi()).flatMap(Optional::stream);
  }
}
