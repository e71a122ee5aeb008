package io.numa.avatar.cli.config;

import io.numa.avatar.git.HostingService;
import io.numa.avatar.port.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The keys of an entry of {@code git.credentials}. */
final class CredentialKeys {
  static final Key<String> HOST =
      Key.of(
              "host",
              Types.text(
                  "(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]{1,5})?",
                  "a host such as git.example.com or git.example.com:8443"),
              "The host it is for: on any port, or with `:port` on that one only.")
          .mandatory();
  static final Key<String> USERNAME =
      Key.of(
          "username",
          Types.line(),
          "User name where the URL names none; the service's usual one for tokens where it is"
              + " missing, such as `x-access-token`, and `git.username` where it has none.");
  static final Key<HostingService> SERVICE =
      Key.of(
          "service",
          Types.service(),
          "What runs there: `github`, `gitlab`, `gitea` (Forgejo and Gogs, too), `gitee`,"
              + " `bitbucket`, `azure`, `gerrit` or `plain`; guessed by the host where it is"
              + " missing.");
  static final Key<Secret> TOKEN = Key.of("token", Types.secret(), "Access token for HTTP.");
  static final Key<SecretFile> TOKEN_FILE =
      Key.of(
          "token_file",
          Types.secretFile(),
          "File that holds the token; read each time it is needed.");
  static final Key<List<String>> TOKEN_COMMAND =
      Key.of(
          "token_command",
          new ListType<>(Types.line()),
          "Program that prints the token, and its arguments; run without a shell each time the"
              + " token is needed.");
  static final Key<Secret> PASSWORD =
      Key.of("password", Types.secret(), "Password for HTTP; used just as a token is.");
  static final Key<SecretFile> PASSWORD_FILE =
      Key.of(
          "password_file",
          Types.secretFile(),
          "File that holds the password; read each time it is needed.");
  static final Key<Path> SSH_KEY = Key.of("ssh_key", Types.path(), "Private key for SSH.");
  static final Key<Secret> PASSPHRASE =
      Key.of("passphrase", Types.secret(), "Passphrase of the private key.");
  static final Key<SecretFile> PASSPHRASE_FILE =
      Key.of("passphrase_file", Types.secretFile(), "File that holds the passphrase.");
  static final Key<Boolean> SSH_AGENT =
      Key.of(
              "ssh_agent",
              Types.sshAgent(),
              "Whether the keys of the SSH agent behind `SSH_AUTH_SOCK` are tried.")
          .defaultsTo("false");
  static final Key<Path> KNOWN_HOSTS =
      Key.of("known_hosts", Types.path(), "Host keys to trust over SSH, in OpenSSH's format.");
  static final Key<URI> API_URL =
      Key.of(
          "api_url",
          Types.url(),
          "Where change requests are asked for, and for Gerrit where its pages are; found from the"
              + " host where it is missing.");
  static final Key<Secret> API_TOKEN =
      Key.of("api_token", Types.secret(), "Token for that; the one for HTTP where it is missing.");
  static final Key<SecretFile> API_TOKEN_FILE =
      Key.of("api_token_file", Types.secretFile(), "File that holds that token.");
  static final Key<Boolean> ALLOW_INSECURE_HTTP =
      Key.of(
              "allow_insecure_http",
              Types.trueOrFalse(),
              "Whether the token or password may travel over plain `http` to other machines.")
          .defaultsTo("false");

  static final List<Key<?>> ALL =
      List.of(
          HOST,
          SERVICE,
          USERNAME,
          TOKEN,
          TOKEN_FILE,
          TOKEN_COMMAND,
          PASSWORD,
          PASSWORD_FILE,
          SSH_KEY,
          PASSPHRASE,
          PASSPHRASE_FILE,
          SSH_AGENT,
          KNOWN_HOSTS,
          API_URL,
          API_TOKEN,
          API_TOKEN_FILE,
          ALLOW_INSECURE_HTTP);

  private CredentialKeys() {}
}
