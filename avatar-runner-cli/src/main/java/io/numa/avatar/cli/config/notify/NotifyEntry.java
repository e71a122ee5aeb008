package io.numa.avatar.cli.config.notify;

import io.numa.avatar.cli.config.value.Accepts.Form;
import io.numa.avatar.cli.config.value.SecretFile;
import io.numa.avatar.document.Key;
import io.numa.avatar.document.Key.Default;
import io.numa.avatar.document.Key.Noun;
import io.numa.avatar.notify.Template;
import io.numa.avatar.notify.Webhook;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.notice.NoticeEvent;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who is told what becomes of tasks: an entry of {@code notify}. */
@Noun("a receiver: url or command, on, …")
public record NotifyEntry(
    @Key("Address of a chat's hook. Who knows it can post there, so it is a secret.")
        Optional<Secret> url,
    @Key("File that holds the address.") Optional<SecretFile> urlFile,
    @Key(
            "Program and arguments, in place of an address. The avatar runs it without a shell for"
                + " each message, which is a line of JSON at its standard input.")
        @Form(value = "[^\\x00-\\x1f\\x7f]{1,4096}", expected = "a line of text")
        @Nullable List<String> command,
    @Key(
            "What to tell: `failed`, `delivered`, `budget`, `denied` (a change was refused),"
                + " `agent_login` (the model's host refused the key). A failure is told once, also if"
                + " several words fit.")
        @Default("failed, delivered, budget")
        @Form(value = EVENTS, expected = "one of " + EVENT_WORDS)
        List<String> on,
    @Key("The form of a message, which the service behind the address wants; `json` for programs.")
        @Default("json")
        @Form(
            value = "slack|teams|dingtalk|feishu|json",
            expected = "one of slack, teams, dingtalk, feishu, json")
        String template,
    @Key("File that holds the secret by which hooks of DingTalk and Feishu check messages.")
        Optional<SecretFile> secretFile,
    @Key("Whether the address may be called over plain `http` on another machine.")
        @Default("false")
        Boolean allowInsecureHttp) {

  static final String EVENTS = "failed|delivered|budget|denied|agent_login";
  static final String EVENT_WORDS = "failed, delivered, budget, denied, agent_login";

  /** The address, from the file or from the configuration. */
  public Optional<Secret> address() {
    return SecretFile.either(url, urlFile).map(secret -> new Secret(secret.reveal().strip()));
  }

  /** The address as a URL, for checks; empty if it is none of {@code http} or {@code https}. */
  public Optional<URI> parsed() {
    try {
      return address()
          .map(secret -> URI.create(secret.reveal()))
          .filter(uri -> uri.getHost() != null && uri.getRawUserInfo() == null)
          .filter(uri -> List.of("http", "https").contains(String.valueOf(uri.getScheme())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What it wants to be told. */
  public Set<NoticeEvent> events() {
    return on.stream()
        .map(word -> NoticeEvent.valueOf(word.toUpperCase(Locale.ROOT)))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The form of its messages. */
  public Template form() {
    return Template.of(template).orElseThrow();
  }

  /** The hook; empty if a command is told. */
  public Optional<Webhook> hook() {
    return address()
        .map(url -> new Webhook(url, form(), secretFile.map(SecretFile::secret), events()));
  }

  /** What logs must not show: the address, the part of it behind the host, and the secret. */
  public Stream<Secret> secrets() {
    Optional<Secret> token =
        parsed()
            .map(
                uri ->
                    uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()))
            .filter(path -> path.length() > 1)
            .map(Secret::new);
    return Stream.of(address(), token, secretFile.map(SecretFile::secret))
        .flatMap(Optional::stream);
  }

  /** The receiver in words without secrets. */
  public String words() {
    return parsed()
        .map(uri -> template + " at " + uri.getHost())
        .or(() -> Optional.ofNullable(command).map(words -> "the command '" + words.get(0) + "'"))
        .orElse("");
  }
}
