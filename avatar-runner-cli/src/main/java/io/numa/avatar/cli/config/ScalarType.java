package io.numa.avatar.cli.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.cli.config.RawValue.Form;
import io.numa.avatar.cli.config.RawValue.Scalar;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A kind of single value.
 *
 * @param forms those that a file may use
 * @param printer gives the value in YAML
 */
record ScalarType<T>(
    String expectation,
    Set<Form> forms,
    Parser<T> parser,
    Function<T, String> printer,
    boolean secret,
    ObjectNode schema)
    implements ValueType<T> {

  private static final int SHOWN_CHARACTERS = 60;

  /** Makes sense of a text. */
  @FunctionalInterface
  interface Parser<T> {
    /**
     * Gives nothing if the text is not what is expected.
     *
     * @throws UnacceptableException if more can be said than that
     */
    Optional<T> parse(String text, Origin origin, Reading reading);
  }

  @Override
  public Optional<T> read(RawValue value, String key, Reading reading) {
    try {
      return Optional.of(parse(value, reading));
    } catch (UnacceptableException e) {
      reading.problems().add(value.origin(), key, e.reason());
      return Optional.empty();
    }
  }

  private T parse(RawValue value, Reading reading) {
    if (!(value instanceof Scalar written)) {
      throw new UnacceptableException(value.shape() + ", expected " + expectation);
    }
    Scalar scalar = Interpolation.apply(written, reading.environment());
    if (scalar.form() != Form.LOOSE && !forms.contains(scalar.form())) {
      throw new UnacceptableException(
          describe(scalar) + ", expected " + expectation + remedy(scalar));
    }
    return parser
        .parse(scalar.text(), scalar.origin(), reading)
        .orElseThrow(
            () -> new UnacceptableException(describe(scalar) + ", expected " + expectation));
  }

  private String describe(Scalar scalar) {
    if (scalar.form() == Form.NOTHING) {
      return scalar.shape();
    }
    if (scalar.text().isBlank()) {
      return "is empty";
    }
    if (secret) {
      return scalar.shape();
    }
    String text = scalar.text().replaceAll("\\p{Cntrl}", "?");
    return "is '"
        + (text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "…" : text)
        + "'";
  }

  private String remedy(Scalar scalar) {
    boolean quotable = scalar.form() == Form.NUMBER || scalar.form() == Form.BOOLEAN;
    return quotable && forms.contains(Form.TEXT) ? "; put it in quotes" : "";
  }

  @Override
  public RawValue ofText(String text, String key, Origin origin, Problems problems) {
    return Scalar.loose(text, origin);
  }

  @Override
  public void print(String name, Bound<T> bound, YamlPrinter printer) {
    printer.line(name + ": " + shown(bound.value()), bound.origin().toString());
  }

  String shown(T value) {
    return secret ? YamlPrinter.quoted("***") : printer.apply(value);
  }
}
