package io.numa.avatar.document;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The values that a place of a document allows. */
public sealed interface Shape {

  /** The shape of a mapping's value under a name, or of a list's items. */
  default Optional<Shape> inner(String name) {
    if (this instanceof Items items) {
      return Optional.of(items.item());
    }
    if (this instanceof Entries entries) {
      return Optional.of(entries.value());
    }
    return this instanceof Mapping mapping
        ? mapping.find(name).map(Component::shape)
        : Optional.empty();
  }

  /** A single value. */
  record Leaf(ValueKind<?> kind) implements Shape {}

  /** A list. */
  record Items(Shape item) implements Shape {
    /** Whether the shorthand of an item may stand for a list with that item alone. */
    boolean takesOne() {
      return item instanceof Mapping mapping && !mapping.shorthand().isEmpty();
    }
  }

  /**
   * A map with free keys.
   *
   * @param names the form of the keys; empty if any is allowed
   */
  record Entries(Shape value, Optional<Key.Names> names) implements Shape {
    boolean allows(String name) {
      return names.map(form -> Pattern.matches("(?s)" + form.value(), name)).orElse(true);
    }
  }

  /**
   * A mapping with known keys.
   *
   * @param owner the key of this mapping; empty for the document as a whole
   * @param rules the rules between the keys
   */
  record Mapping(
      Class<? extends Record> type, String owner, List<Component> keys, List<KeyRule> rules)
      implements Shape {
    public Mapping {
      keys = List.copyOf(keys);
      rules = List.copyOf(rules);
    }

    /** The key of that name. */
    public Optional<Component> find(String name) {
      return keys.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    /** The names of all keys. */
    public List<String> names() {
      return keys.stream().map(Component::name).toList();
    }

    /** The noun that messages use for this mapping. */
    public String noun() {
      Key.Noun noun = type.getAnnotation(Key.Noun.class);
      return noun == null ? "a mapping" : noun.value();
    }

    /** The keys that take the value of a shorthand. */
    public List<String> shorthand() {
      Key.Shorthand shorthand = type.getAnnotation(Key.Shorthand.class);
      return shorthand == null ? List.of() : List.of(shorthand.value());
    }
  }

  /**
   * A key of a mapping.
   *
   * @param name the key's name
   */
  record Component(String name, RecordComponent source, Key key, Shape shape) {

    /** Whether the key must be given. */
    public boolean isRequired() {
      return source.isAnnotationPresent(Key.Required.class);
    }

    /** Whether the record's component is an {@link Optional}. */
    boolean isOptional() {
      return source.getType() == Optional.class;
    }

    /** The text of its default. */
    public Optional<String> fallback() {
      return Optional.ofNullable(source.getAnnotation(Key.Default.class)).map(Key.Default::value);
    }

    /** The path of the key whose value is this key's default. */
    public Optional<String> sameAs() {
      return Optional.ofNullable(source.getAnnotation(Key.SameAs.class)).map(Key.SameAs::value);
    }

    /** The value of this key in a record. */
    public Optional<Object> in(Record mapping) {
      try {
        source.getAccessor().setAccessible(true); // the records of documents need not be public
        Object value = source.getAccessor().invoke(mapping);
        return value instanceof Optional<?> given
            ? given.map(Object.class::cast)
            : Optional.ofNullable(value);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a key of a document cannot be read: " + name(), e);
      }
    }

    /** The name of the key that a component is. */
    public static String nameOf(RecordComponent source) {
      Key key = source.getAnnotation(Key.class);
      return key == null || key.name().isEmpty()
          ? source.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT)
          : key.name();
    }
  }
}
