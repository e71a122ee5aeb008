package io.numa.avatar.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A language of documents: a record type whose components are the keys, the kinds of single values,
 * and the texts of problems. Safe for use by several threads if its kinds are.
 *
 * @param <T> what a document becomes
 */
public final class DocumentLanguage<T extends Record> {
  /** Java parses the annotations of components anew each time that it is asked for them. */
  private static final ClassValue<RecordComponent[]> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
          return type.getRecordComponents();
        }
      };

  private final Class<T> type;
  private final Shape.Mapping root;
  private final SchemaWriter schemas;
  private final Wording wording;
  private @Nullable DocumentBinder<T> binder;

  private DocumentLanguage(Class<T> type, Builder<T> parts) {
    this.type = type;
    this.root = parts.mapping(type, "");
    this.schemas = new SchemaWriter(parts.nullable, parts.demanded);
    this.wording = parts.wording;
  }

  /** Begins a language whose documents are bound to {@code type}. */
  public static <T extends Record> Builder<T> of(Class<T> type, Wording wording) {
    return new Builder<>(type, wording);
  }

  /** The keys of a document. */
  public Shape.Mapping root() {
    return root;
  }

  /** The schema for editors and other programs, without title and version. */
  public ObjectNode schema() {
    return schemas.published(root);
  }

  /** Validates a document and binds it. */
  public Result<T> bind(JsonNode document) {
    return binder().bind(document);
  }

  /** Made on first use, as many callers need only the keys and the schema. */
  private synchronized DocumentBinder<T> binder() {
    if (binder == null) {
      binder = new DocumentBinder<>(type, root, schemas.validating(root), wording);
    }
    return binder;
  }

  @Override
  public String toString() {
    return "language of " + type.getSimpleName();
  }

  /**
   * The result of binding a document.
   *
   * @param value the document, with null for each invalid value; empty if the document is no
   *     mapping
   * @param problems all problems of the document
   */
  public record Result<T>(Optional<T> value, List<DocumentProblem> problems) {}

  /** Builds a language. */
  public static final class Builder<T extends Record> {
    private final Class<T> type;
    private final Wording wording;
    private final Map<Class<?>, Function<RecordComponent, ValueKind<?>>> kinds = new HashMap<>();
    private final Map<Class<?>, List<KeyRule>> rules = new HashMap<>();
    private Predicate<Shape.Component> demanded = key -> key.isRequired();
    private Predicate<Shape.Component> nullable = key -> !key.isRequired();

    private Builder(Class<T> type, Wording wording) {
      this.type = type;
      this.wording = wording;
    }

    /** Sets the kind of all values of a class. */
    public Builder<T> kind(Class<?> value, ValueKind<?> kind) {
      return kind(value, component -> kind);
    }

    /** The same for a kind that depends on the component's annotations. */
    public Builder<T> kind(Class<?> value, Function<RecordComponent, ValueKind<?>> kind) {
      kinds.put(value, kind);
      return this;
    }

    /** Adds rules between the keys of a record. */
    public Builder<T> rules(Class<? extends Record> mapping, KeyRule... added) {
      rules.put(mapping, List.of(added));
      return this;
    }

    /** Sets which keys may have no value. Default: all keys that are not required. */
    public Builder<T> nullable(Predicate<Shape.Component> keys) {
      this.nullable = keys;
      return this;
    }

    /** Sets which keys each document must have. Default: the required ones. */
    public Builder<T> demanded(Predicate<Shape.Component> keys) {
      this.demanded = keys;
      return this;
    }

    /** Makes the language. */
    public DocumentLanguage<T> build() {
      return new DocumentLanguage<>(type, this);
    }

    private Shape.Mapping mapping(Class<? extends Record> record, String owner) {
      List<Shape.Component> keys = Stream.of(COMPONENTS.get(record)).map(this::component).toList();
      return new Shape.Mapping(record, owner, keys, rules.getOrDefault(record, List.of()));
    }

    private Shape.Component component(RecordComponent source) {
      Key key = source.getAnnotation(Key.class);
      if (key == null) {
        throw new IllegalArgumentException("no key of a document: " + source);
      }
      return new Shape.Component(
          Shape.Component.nameOf(source), source, key, shape(source.getGenericType(), source));
    }

    private Shape shape(Type value, RecordComponent source) {
      Class<?> raw = value instanceof ParameterizedType generic ? raw(generic) : (Class<?>) value;
      if (kinds.containsKey(raw)) {
        return new Shape.Leaf(kinds.get(raw).apply(source));
      }
      if (value instanceof ParameterizedType optional && raw == Optional.class) {
        return shape(optional.getActualTypeArguments()[0], source);
      }
      if (value instanceof ParameterizedType list && raw == List.class) {
        return new Shape.Items(shape(list.getActualTypeArguments()[0], source));
      }
      if (value instanceof ParameterizedType map && raw == Map.class) {
        return new Shape.Entries(
            shape(map.getActualTypeArguments()[1], source),
            Optional.ofNullable(source.getAnnotation(Key.Names.class)));
      }
      if (raw.isRecord()) {
        return mapping(raw.asSubclass(Record.class), Shape.Component.nameOf(source));
      }
      throw new IllegalArgumentException("no kind of value is known for " + source);
    }

    private static Class<?> raw(ParameterizedType type) {
      return (Class<?>) type.getRawType();
    }
  }
}
