package io.numa.avatar.cli.config;

import io.numa.avatar.cli.config.value.As;
import io.numa.avatar.cli.config.value.As.Special;
import io.numa.avatar.cli.config.value.SecretFile;
import io.numa.avatar.cli.config.value.TextForm;
import io.numa.avatar.document.Key;
import io.numa.avatar.document.Key.Default;
import io.numa.avatar.document.Key.Noun;
import io.numa.avatar.document.Key.Required;
import io.numa.avatar.git.settings.HostingService;
import io.numa.avatar.port.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An entry of {@code git.credentials} as it is written. */
@Noun("a credential: host, token, …")
record CredentialDocument(
    @Key("The host it is for: on any port, or with `:port` on that one only.")
        @Required
        @TextForm(
            value =
                "(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]{1,5})?",
            expected = "a host such as git.example.com or git.example.com:8443")
        String host,
    @Key(
            "What runs there: `github`, `gitlab`, `gitea` (Forgejo and Gogs, too), `gitee`,"
                + " `bitbucket`, `azure`, `gerrit` or `plain`; guessed by the host where it is"
                + " missing.")
        @Nullable HostingService service,
    @Key(
            "User name where the URL names none; the service's usual one for tokens where it is"
                + " missing, such as `x-access-token`, and `git.username` where it has none.")
        @Nullable String username,
    @Key("Access token for HTTP.") @Nullable Secret token,
    @Key("File that holds the token; read each time it is needed.") @Nullable SecretFile tokenFile,
    @Key(
            "Program that prints the token, and its arguments; run without a shell each time the"
                + " token is needed.")
        @Nullable List<String> tokenCommand,
    @Key("Password for HTTP; used just as a token is.") @Nullable Secret password,
    @Key("File that holds the password; read each time it is needed.")
        @Nullable SecretFile passwordFile,
    @Key("Private key for SSH.") @Nullable Path sshKey,
    @Key("Passphrase of the private key.") @Nullable Secret passphrase,
    @Key("File that holds the passphrase.") @Nullable SecretFile passphraseFile,
    @Key("Whether the keys of the SSH agent behind `SSH_AUTH_SOCK` are tried.")
        @Default("false")
        @As(Special.SSH_AGENT)
        Boolean sshAgent,
    @Key("Host keys to trust over SSH, in OpenSSH's format.") @Nullable Path knownHosts,
    @Key(
            "Where change requests are asked for, and for Gerrit where its pages are; found from the"
                + " host where it is missing.")
        @Nullable URI apiUrl,
    @Key("Token for that; the one for HTTP where it is missing.") @Nullable Secret apiToken,
    @Key("File that holds that token.") @Nullable SecretFile apiTokenFile,
    @Key("Whether the token or password may travel over plain `http` to other machines.")
        @Default("false")
        Boolean allowInsecureHttp) {}
