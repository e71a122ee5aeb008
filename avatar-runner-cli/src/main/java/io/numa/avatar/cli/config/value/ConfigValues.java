package io.numa.avatar.cli.config.value;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.cli.config.value.Accepts.Form;
import io.numa.avatar.cli.config.value.Accepts.Range;
import io.numa.avatar.cli.config.value.Accepts.Special;
import io.numa.avatar.document.SchemaNodes;
import io.numa.avatar.document.ValueKind;
import io.numa.avatar.git.settings.CertificateAuthorities;
import io.numa.avatar.git.settings.HostingService;
import io.numa.avatar.port.Secret;
import io.numa.avatar.time.WrittenDuration;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** The kinds of values in configurations. */
public final class ConfigValues {
  private static final String AGENT = "SSH_AUTH_SOCK";

  /** A number of bytes. */
  public static final ValueKind<Long> SIZE =
      ValueKind.of(
              "a size in bytes or such as 500KiB, 100MiB, 1GiB",
              SchemaNodes.type("integer", "string").put("minimum", 1).put("pattern", Sizes.FORM),
              (node, at) -> Sizes.parse(node.asText()))
          .printed(Sizes::format)
          .published(
              any ->
                  orVariable(
                      SchemaNodes.type("integer").put("minimum", 1), SchemaNodes.text(Sizes.FORM)));

  /** An amount of money. */
  public static final ValueKind<BigDecimal> AMOUNT =
      ValueKind.of(
              "an amount such as 5.00",
              SchemaNodes.type("number").put("minimum", 0),
              (node, at) -> Optional.of(amount(node)))
          .printed(BigDecimal::toPlainString)
          .published(ConfigValues::orVariable);

  private static final ValueKind<String> ID =
      ValueKind.of(
              "a number or text without blanks",
              SchemaNodes.type("integer", "string").put("pattern", "^\\s*\\S{1,200}\\s*$"),
              (node, at) ->
                  Optional.of(node.asText().strip()).filter(text -> text.matches("\\S{1,200}")))
          .printed(YamlPrinter::quoted);

  /** The kind of a Git host. */
  public static final ValueKind<HostingService> SERVICE = service();

  private final Reading reading;

  public ConfigValues(Reading reading) {
    this.reading = reading;
  }

  /** Without zeros at its end, so that 5.00 and 5 are one amount. */
  private static BigDecimal amount(JsonNode node) {
    BigDecimal amount = node.decimalValue();
    return node.isBigDecimal() ? amount.stripTrailingZeros() : amount;
  }

  public ValueKind<String> text(RecordComponent component) {
    if (is(component, Special.URL_PATTERN)) {
      return text(
              "a pattern such as https://github.com/acme/*",
              ".*",
              text -> Optional.of(text).filter(AddressTexts::isUrlPattern))
          .printed(YamlPrinter::quoted)
          .published(
              any ->
                  orVariable(
                      SchemaNodes.text(
                          "^\\s*(?:[Hh][Tt][Tt][Pp][Ss]?|[Ss][Ss][Hh]|[Ff][Ii][Ll][Ee])://|^\\s*/")));
    }
    if (is(component, Special.NETWORK)) {
      return text(
              "a host such as git.corp.example, or a network such as 10.0.0.0/8",
              "[^\\s*@]+",
              text -> Optional.of(text).filter(AddressTexts::isNetwork))
          .printed(YamlPrinter::quoted);
    }
    if (is(component, Special.ID)) {
      return ID;
    }
    TextForm form = TextForm.of(component.getAnnotation(Form.class));
    return text(form.expected(), form.pattern().pattern(), form::read).printed(YamlPrinter::quoted);
  }

  public static ValueKind<Integer> wholeNumber(RecordComponent component) {
    Range range = component.getAnnotation(Range.class);
    return ValueKind.of(
            "a whole number from " + range.least() + " to " + range.most(),
            SchemaNodes.integer(Integer.parseInt(range.least()), Integer.parseInt(range.most())),
            (node, at) -> node.isIntegralNumber() ? Optional.of(node.intValue()) : Optional.empty())
        .published(ConfigValues::orVariable);
  }

  public ValueKind<Boolean> flag(RecordComponent component) {
    return ValueKind.of(
            "true or false",
            SchemaNodes.type("boolean"),
            (node, at) -> {
              boolean agent = node.booleanValue() && is(component, Special.SSH_AGENT);
              if (agent && reading.environment().getOrDefault(AGENT, "").isEmpty()) {
                throw new UnacceptableException("needs " + AGENT + ", which is not set");
              }
              return Optional.of(node.booleanValue());
            })
        .published(ConfigValues::orVariable);
  }

  public static ValueKind<Duration> duration(RecordComponent component) {
    Range span = component.getAnnotation(Range.class);
    Duration least = WrittenDuration.parse(span.least()).orElseThrow();
    Duration most = WrittenDuration.parse(span.most()).orElseThrow();
    String range = "from " + WrittenDuration.format(least) + " to " + WrittenDuration.format(most);
    return ValueKind.of(
            "a duration " + range + ", in seconds or such as 90s, 5m, 2h",
            bounded(SchemaNodes.type("number", "string"), least, most)
                .put("pattern", WrittenDuration.FORM),
            (node, at) ->
                WrittenDuration.parse(node.asText())
                    .filter(duration -> duration.compareTo(least) >= 0)
                    .filter(duration -> duration.compareTo(most) <= 0))
        .printed(WrittenDuration::format)
        .published(
            any ->
                orVariable(
                    bounded(SchemaNodes.type("number"), least, most),
                    SchemaNodes.text(WrittenDuration.FORM)));
  }

  /** A path, made absolute. */
  public ValueKind<Path> path(RecordComponent component) {
    return is(component, Special.CERTIFICATES)
        ? file("the path of a file of certificates", this::certificates)
        : file("a path", reading::resolve);
  }

  /** A file that holds one line, which is secret. */
  public ValueKind<SecretFile> secretFile() {
    return ValueKind.of(
            "the path of a file",
            notEmpty(),
            (node, at) -> path(node.asText(), at, reading::resolve).map(SecretFile::read))
        .printed(file -> YamlPrinter.quoted(file.path().toString()));
  }

  /** A file with a text for prompts. */
  public ValueKind<PromptFile> promptFile() {
    return ValueKind.of(
            "the path of a file",
            notEmpty(),
            (node, at) -> path(node.asText(), at, reading::resolve).map(PromptFile::read))
        .printed(file -> YamlPrinter.quoted(file.path().toString()));
  }

  private ValueKind<Path> file(String expectation, BiFunction<String, JsonPointer, Path> resolve) {
    return ValueKind.of(expectation, notEmpty(), (node, at) -> path(node.asText(), at, resolve))
        .printed(path -> YamlPrinter.quoted(path.toString()));
  }

  private static Optional<Path> path(
      String text, JsonPointer at, BiFunction<String, JsonPointer, Path> resolve) {
    return Optional.of(text.strip())
        .filter(path -> !path.isEmpty())
        .map(path -> resolve.apply(path, at));
  }

  private Path certificates(String text, JsonPointer at) {
    Path file = reading.resolve(text, at);
    try {
      CertificateAuthorities.read(file);
      return file;
    } catch (IOException e) {
      throw new UnacceptableException(
          "names the file " + file + ", which holds no certificates in PEM");
    }
  }

  /** The URL of a web API, without slashes at the end, or of a proxy. */
  public static ValueKind<URI> url(RecordComponent component) {
    ValueKind<URI> kind =
        is(component, Special.PROXY)
            ? text("a proxy such as http://proxy.example.com:3128", ".*", AddressTexts::proxy)
                .published(
                    any -> orVariable(SchemaNodes.text("^\\s*" + AddressTexts.PROXY + "\\s*$")))
            : text("a URL such as https://numa.example.com", ".*", AddressTexts::url)
                .published(any -> orVariable(SchemaNodes.text("^\\s*[Hh][Tt][Tt][Pp][Ss]?://")));
    return kind.printed(url -> YamlPrinter.quoted(url.toString()));
  }

  /** A secret text. */
  public static ValueKind<Secret> secret(RecordComponent component) {
    boolean anyText = is(component, Special.SECRET_TEXT);
    String expectation = anyText ? "text" : "one line of text";
    return ValueKind.of(
            expectation,
            notEmpty(),
            (node, at) -> {
              boolean line = node.asText().chars().noneMatch(c -> c < ' ' || c == 0x7f);
              if (!line && !anyText) {
                throw new UnacceptableException(
                    "holds line breaks or control characters, expected " + expectation);
              }
              return Optional.of(node.asText())
                  .filter(secret -> !secret.isBlank())
                  .map(Secret::new);
            })
        .hidden();
  }

  /** A text that matches a pattern once the blanks around it are removed. */
  private static <T> ValueKind<T> text(
      String expectation, String form, Function<String, Optional<T>> reader) {
    return ValueKind.of(
            expectation,
            SchemaNodes.text("^\\s*(?:" + form + ")\\s*$"),
            (node, at) -> reader.apply(node.asText().strip()))
        .published(ConfigValues::orVariable);
  }

  private static ValueKind<HostingService> service() {
    String words =
        Stream.of(HostingService.values()).map(HostingService::word).collect(joining("|"));
    return text("one of " + words.replace("|", ", "), words, HostingService::of)
        .printed(service -> YamlPrinter.quoted(service.word()));
  }

  private static boolean is(RecordComponent component, Special special) {
    Accepts as = component.getAnnotation(Accepts.class);
    return as != null && as.value() == special;
  }

  /**
   * Allows what one of the schemas allows, and text with a variable in it, whose value is checked
   * later.
   */
  private static ObjectNode orVariable(ObjectNode... allowed) {
    return SchemaNodes.anyOf(
        Stream.concat(Stream.of(allowed), Stream.of(SchemaNodes.text("\\$\\{")))
            .toArray(ObjectNode[]::new));
  }

  private static ObjectNode bounded(ObjectNode schema, Duration least, Duration most) {
    return schema
        .put("minimum", least.toMillis() / 1000.0)
        .put("maximum", most.toMillis() / 1000.0);
  }

  private static ObjectNode notEmpty() {
    return SchemaNodes.type("string").put("minLength", 1);
  }
}
