package io.numa.avatar.cli.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.cli.config.value.ConfigValues;
import io.numa.avatar.cli.config.value.Origin;
import io.numa.avatar.cli.config.value.PromptFile;
import io.numa.avatar.cli.config.value.RawValue;
import io.numa.avatar.cli.config.value.RawValue.Form;
import io.numa.avatar.cli.config.value.RawValue.Scalar;
import io.numa.avatar.cli.config.value.Reading;
import io.numa.avatar.cli.config.value.SandboxValues;
import io.numa.avatar.cli.config.value.SecretFile;
import io.numa.avatar.document.DocumentLanguage;
import io.numa.avatar.document.DocumentProblem;
import io.numa.avatar.document.Key;
import io.numa.avatar.document.NearestName;
import io.numa.avatar.document.Shape;
import io.numa.avatar.document.ValueKind;
import io.numa.avatar.document.Wording;
import io.numa.avatar.git.settings.HostingService;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.sandbox.HostAndPort;
import io.numa.avatar.task.sandbox.SandboxProfile;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The document language of configurations: the kinds of values, and the texts of problems. */
final class ConfigLanguage {
  /** For callers that need the keys only, and bind no values. */
  static final DocumentLanguage<Configuration> KEYS =
      of(
          new ValueTree(),
          new Reading(Map.of(), Path.of("/"), Path.of("/"), at -> new Origin.Default()));

  private static final int SHOWN_CHARACTERS = 60;

  private ConfigLanguage() {}

  /** The language of the values in a tree. */
  static DocumentLanguage<Configuration> of(ValueTree tree, Reading reading) {
    var kinds = new ConfigValues(reading);
    return DocumentLanguage.of(Configuration.class, new Words(tree))
        .kind(String.class, kinds::text)
        .kind(Integer.class, ConfigValues::wholeNumber)
        .kind(Boolean.class, kinds::flag)
        .kind(Duration.class, ConfigValues::duration)
        .kind(Long.class, ConfigValues.SIZE)
        .kind(Path.class, kinds::path)
        .kind(URI.class, ConfigValues::url)
        .kind(Secret.class, ConfigValues::secret)
        .kind(SecretFile.class, kinds.secretFile())
        .kind(PromptFile.class, kinds.promptFile())
        .kind(BigDecimal.class, ConfigValues.AMOUNT)
        .kind(HostingService.class, ConfigValues.SERVICE)
        .kind(SandboxProfile.class, SandboxValues.PROFILE)
        .kind(HostAndPort.class, SandboxValues.HOST)
        .demanded(key -> key.isRequired() && isOfEntry(key))
        .nullable(key -> !(key.shape() instanceof Shape.Leaf))
        .build();
  }

  /** Whether a key belongs to a list's entry. A key of a section may come from any source. */
  static boolean isOfEntry(Shape.Component key) {
    return key.source().getDeclaringRecord().isAnnotationPresent(Key.Noun.class);
  }

  /** The allowed values, in words that follow "expected". */
  static String expectation(Shape shape) {
    if (shape instanceof Shape.Leaf leaf) {
      return leaf.kind().expectation();
    }
    if (shape instanceof Shape.Items items) {
      return "a list, each item " + expectation(items.item());
    }
    return shape instanceof Shape.Entries entries
        ? "names, each with " + expectation(entries.value())
        : ((Shape.Mapping) shape).noun();
  }

  /** The message for an unknown name; {@code known} are the names that exist there. */
  static String unknownKey(String name, Collection<String> known) {
    Optional<String> nearest = NearestName.of(name, known);
    if (nearest.isPresent()) {
      return "is no known key; did you mean '" + nearest.get() + "'?";
    }
    return "is no known key; known here: " + String.join(", ", known);
  }

  /** The same for a key of a section; hints at keys of that name in other sections. */
  static String unknownKey(String name, Collection<String> known, List<String> namesakes) {
    return namesakes.isEmpty() || NearestName.of(name, known).isPresent()
        ? unknownKey(name, known)
        : "is no known key here; did you mean '" + String.join("' or '", namesakes) + "'?";
  }

  /** The texts of the configuration's problems. */
  private record Words(ValueTree tree) implements Wording {
    @Override
    public DocumentProblem unknownKey(Shape.Mapping mapping, JsonPointer at, String name) {
      return new DocumentProblem(
          at.appendProperty(name), ConfigLanguage.unknownKey(name, mapping.names()));
    }

    @Override
    public DocumentProblem missingKey(Shape.Mapping mapping, JsonPointer at, Shape.Component key) {
      return new DocumentProblem(
          at.appendProperty(key.name()), "is missing, expected " + expectation(key.shape()));
    }

    @Override
    public boolean nullIsAbsent() {
      return false;
    }

    @Override
    public String unexpected(Shape shape, JsonNode node, JsonPointer at) {
      RawValue written = tree.written(at);
      String found =
          shape instanceof Shape.Leaf leaf && written instanceof Scalar scalar
              ? describe(scalar, node, leaf.kind())
              : written.shape();
      String remedy = shape instanceof Shape.Leaf leaf ? remedy(written, leaf.kind()) : "";
      return found + ", expected " + expectation(shape) + remedy;
    }

    private static String describe(Scalar scalar, JsonNode node, ValueKind<?> kind) {
      if (scalar.form() == Form.NOTHING) {
        return scalar.shape();
      }
      boolean typed = scalar.form() == Form.NUMBER || scalar.form() == Form.BOOLEAN;
      String text = typed ? scalar.text() : node.asText();
      if (text.isBlank()) {
        return "is empty";
      }
      if (kind.secret()) {
        return scalar.shape();
      }
      String shown = text.replaceAll("\\p{Cntrl}", "?");
      return "is '"
          + (shown.length() > SHOWN_CHARACTERS ? shown.substring(0, SHOWN_CHARACTERS) + "…" : shown)
          + "'";
    }

    private static String remedy(RawValue written, ValueKind<?> kind) {
      boolean quotable =
          written instanceof Scalar scalar
              && ((scalar.form() == Form.NUMBER && !takesNumbers(kind))
                  || (scalar.form() == Form.BOOLEAN && !kind.takes("boolean")));
      return quotable && kind.takes("string") ? "; put it in quotes" : "";
    }
  }

  static boolean takesNumbers(ValueKind<?> kind) {
    return kind.takes("number") || kind.takes("integer");
  }
}
