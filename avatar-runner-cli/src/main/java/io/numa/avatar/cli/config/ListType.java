package io.numa.avatar.cli.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.cli.config.RawValue.Items;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A list of single values of one kind. */
record ListType<T>(ScalarType<T> item) implements ValueType<List<T>> {
  @Override
  public Optional<List<T>> read(RawValue value, String key, Reading reading) {
    if (value.isNothing()) {
      return Optional.of(List.of());
    }
    if (!(value instanceof Items items)) {
      reading.problems().add(value.origin(), key, value.shape() + ", expected " + expectation());
      return Optional.empty();
    }
    var read = new ArrayList<T>();
    for (int i = 0; i < items.values().size(); i++) {
      item.read(items.values().get(i), key + "[" + i + "]", reading).ifPresent(read::add);
    }
    return Optional.of(List.copyOf(read));
  }

  /** Splits at commas; the empty text is the empty list. */
  @Override
  public RawValue ofText(String text, String key, Origin origin, Problems problems) {
    if (text.isBlank()) {
      return new Items(List.of(), origin);
    }
    return new Items(
        Arrays.stream(text.split(",", -1))
            .map(part -> item.ofText(part.strip(), key, origin, problems))
            .toList(),
        origin);
  }

  @Override
  public String expectation() {
    return "a list, each item " + item.expectation();
  }

  @Override
  public boolean secret() {
    return item.secret();
  }

  @Override
  public ObjectNode schema() {
    return Schemas.list(item.schema());
  }

  @Override
  public void print(String name, Bound<List<T>> bound, YamlPrinter printer) {
    String items =
        bound.value().stream().map(item::shown).collect(Collectors.joining(", ", "[", "]"));
    printer.line(name + ": " + items, bound.origin().toString());
  }
}
