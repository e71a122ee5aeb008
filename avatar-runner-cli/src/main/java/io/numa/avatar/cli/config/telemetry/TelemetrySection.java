package io.numa.avatar.cli.config.telemetry;

import io.numa.avatar.cli.config.value.Accepts;
import io.numa.avatar.cli.config.value.Accepts.Special;
import io.numa.avatar.document.Key;
import io.numa.avatar.document.Key.Default;
import io.numa.avatar.document.Key.Names;
import io.numa.avatar.port.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the avatar tells other systems of its work. */
public record TelemetrySection(
    @Key("Traces of attempts, sent by OpenTelemetry's protocol (OTLP over HTTP).") Otlp otlp) {

  /** Where traces of attempts go. */
  public record Otlp(
      @Key(
              "Address of the collector, such as `https://otlp.example.com:4318`; the avatar adds"
                  + " `/v1/traces`. Without it, there are no traces.")
          Optional<URI> url,
      @Key("Headers of each request, such as a login. `config show` hides the values.")
          @Default("")
          @Names(value = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}", otherwise = "is no name of a header")
          @Accepts(Special.SECRET_TEXT)
          Map<String, Secret> headers,
      @Key("Whether the avatar may send traces over plain `http` to another machine.")
          @Default("false")
          Boolean allowInsecureHttp) {
    private static final String SCHEME = "(?i)^(bearer|basic|apikey) +";

    /** The headers' values, and the credentials in a login such as {@code Bearer t0ken}. */
    public Stream<Secret> secrets() {
      return headers.values().stream()
          .flatMap(one -> Stream.of(one.reveal(), one.reveal().replaceFirst(SCHEME, "")))
          .filter(text -> !text.isEmpty())
          .map(Secret::new);
    }
  }
}
