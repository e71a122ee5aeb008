package io.numa.avatar.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Serial;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes Jackson bind records by their shapes, which give the keys' names and the values' kinds. */
final class RecordMapper {
  private RecordMapper() {}

  static JsonMapper of(Shape.Mapping root) {
    return JsonMapper.builder()
        .annotationIntrospector(new Introspector(root))
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build();
  }

  /** The kind's own message about an invalid value; empty if the general message is enough. */
  static Optional<String> reason(ValueKind<?> kind, JsonNode node, JsonPointer at) {
    try {
      kind.reader().read(node, at);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Gives Jackson the shapes in place of annotations. */
  private static final class Introspector extends NopAnnotationIntrospector {
    @Serial private static final long serialVersionUID = 1;

    private final transient Map<Class<?>, Shape.Mapping> mappings = new HashMap<>();

    Introspector(Shape root) {
      collect(root);
    }

    private void collect(Shape shape) {
      if (shape instanceof Shape.Items items) {
        collect(items.item());
      } else if (shape instanceof Shape.Entries entries) {
        collect(entries.value());
      } else if (shape instanceof Shape.Mapping mapping
          && mappings.putIfAbsent(mapping.type(), mapping) == null) {
        mapping.keys().forEach(key -> collect(key.shape()));
      }
    }

    @Override
    public @Nullable PropertyName findNameForDeserialization(Annotated element) {
      Shape.Component key = key(element);
      return key == null ? null : PropertyName.construct(key.name());
    }

    @Override
    public @Nullable Object findDeserializer(Annotated element) {
      return deserializer(key(element), false);
    }

    @Override
    public @Nullable Object findContentDeserializer(Annotated element) {
      return deserializer(key(element), true);
    }

    private Shape.@Nullable Component key(Annotated element) {
      if (element instanceof AnnotatedParameter parameter) {
        Shape.Mapping mapping = mappings.get(parameter.getDeclaringClass());
        return mapping == null ? null : mapping.keys().get(parameter.getIndex());
      }
      return null;
    }

    private static @Nullable Object deserializer(Shape.@Nullable Component key, boolean content) {
      if (key == null) {
        return null;
      }
      Shape shape = key.shape();
      if (content && shape instanceof Shape.Items items) {
        shape = items.item();
      } else if (content && shape instanceof Shape.Entries entries) {
        shape = entries.value();
      } else if (content) {
        return null;
      }
      return shape instanceof Shape.Leaf leaf
          ? new KindDeserializer(leaf.kind(), key.isOptional())
          : null;
    }
  }

  /** Reads a value by its kind. Collects problems instead of failing. */
  private static final class KindDeserializer extends JsonDeserializer<Object> {
    private final ValueKind<?> kind;
    private final boolean optional;

    KindDeserializer(ValueKind<?> kind, boolean optional) {
      this.kind = kind;
      this.optional = optional;
    }

    @Override
    public @Nullable Object getNullValue(DeserializationContext context) {
      return optional ? Optional.empty() : null;
    }

    @Override
    public @Nullable Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      JsonPointer at = parser.getParsingContext().pathAsPointer();
      JsonNode node = parser.readValueAsTree();
      var problems = (DocumentBinder.Problems) context.getAttribute(DocumentBinder.Problems.class);
      try {
        Optional<?> value = kind.reader().read(node, at);
        if (value.isPresent()) {
          return optional ? value : value.get();
        }
        problems.add(at, kind, node, Optional.empty());
      } catch (IllegalArgumentException e) {
        problems.add(at, kind, node, Optional.of(String.valueOf(e.getMessage())));
      }
      return getNullValue(context);
    }
  }
}
