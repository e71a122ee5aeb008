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
    @Key(
            "The host, for the default ports of `https` and `http` and for SSH; with `:port` for"
                + " that port only, with `:*` for all ports.")
        @Required
        @Form(
            value =
                "(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\])(?::(?:[0-9]{1,5}|\\*))?",
            expected = "a host such as git.example.com or git.example.com:8443")
        String host,
    @Key(
            "The service of the host: `github`, `gitlab`, `gitea` (also for Forgejo and"
                + " Gogs), `gitee`, `bitbucket`, `azure`, `gerrit` or `plain`. Without it, the"
                + " avatar guesses by the host's name.")
        Optional<HostingService> service,
    @Key(
            "User name, if the URL has none. Without it, the service's usual name for"
                + " tokens, such as"
                + " `x-access-token`; if the service has none, `git.username`.")
        Optional<String> username,
    @Key("Access token for HTTP.") Optional<Secret> token,
    @Key("File that holds the token; the avatar reads it each time it needs the token.")
        Optional<SecretFile> tokenFile,
    @Key(
            "Program that prints the token, and its arguments. The avatar runs it without"
                + " a shell each time it needs the token.")
        @Nullable List<String> tokenCommand,
    @Key("Password for HTTP; used like a token.") Optional<Secret> password,
    @Key("File that holds the password; the avatar reads it each time it needs the password.")
        Optional<SecretFile> passwordFile,
    @Key("Private key for SSH.") Optional<Path> sshKey,
    @Key("Passphrase of the private key.") Optional<Secret> passphrase,
    @Key("File that holds the passphrase.") Optional<SecretFile> passphraseFile,
    @Key("Whether to try the keys of the SSH agent that `SSH_AUTH_SOCK` names.")
        @Default("false")
        @Accepts(Special.SSH_AGENT)
        Boolean sshAgent,
    @Key("Host keys to trust over SSH, in OpenSSH's format.") Optional<Path> knownHosts,
    @Key(
            "URL of the API for change requests; for Gerrit, of its pages. Without it, the"
                + " avatar derives"
                + " it from the host.")
        Optional<URI> apiUrl,
    @Key("Token for that API. Without it, the token for HTTP is used.") Optional<Secret> apiToken,
    @Key("File that holds that token.") Optional<SecretFile> apiTokenFile,
    @Key("Whether the avatar may send the token or password over plain `http` to other machines.")
        @Default("false")
        Boolean allowInsecureHttp) {

  /** The host in lower case, followed by a colon and the port or {@code *} if one is given. */
  public String address() {
    return host.toLowerCase(Locale.ROOT).replaceFirst(":0+(?=[0-9]+$)", ":");
  }

  /** The host in lower case, without a port. */
  public String hostName() {
    return address().replaceFirst(":(?:[0-9]+|\\*)$", "");
  }

  /** The source of the token or password for HTTP, to be read for each use. */
  public Optional<TokenSource> tokenSource() {
    return token
        .or(() -> password)
        .<TokenSource>map(TokenSource.Given::new)
        .or(
            () ->
                tokenFile.or(() -> passwordFile).map(SecretFile::path).map(TokenSource.InFile::new))
        .or(() -> Optional.ofNullable(tokenCommand).map(TokenSource.ByCommand::new));
  }

  /**
   * The token or password for HTTP, as read when the configuration was loaded; empty if a command
   * prints it.
   */
  public Optional<Secret> secret() {
    return SecretFile.either(token, tokenFile).or(() -> SecretFile.either(password, passwordFile));
  }

  /** The passphrase of the private key for SSH. */
  public Optional<Secret> passphraseOfSshKey() {
    return SecretFile.either(passphrase, passphraseFile);
  }

  /** The token for the API; if empty, callers use the token for HTTP. */
  public Optional<Secret> tokenOfApi() {
    return SecretFile.either(apiToken, apiTokenFile);
  }

  Stream<Secret> secrets() {
    return Stream.of(secret(), passphraseOfSshKey(), tokenOfApi()).flatMap(Optional::stream);
  }
}
