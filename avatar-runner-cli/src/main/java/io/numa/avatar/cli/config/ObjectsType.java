package io.numa.avatar.cli.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.cli.config.RawValue.Entries;
import io.numa.avatar.cli.config.RawValue.Entry;
import io.numa.avatar.cli.config.RawValue.Items;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** A list of entries that have keys of their own. */
record ObjectsType(String noun, List<Key<?>> members, Rule rule)
    implements ValueType<List<Values>> {

  /** What must hold between the keys of one entry. */
  @FunctionalInterface
  interface Rule {
    void check(Values entry, String key, Problems problems);
  }

  @Override
  public Optional<List<Values>> read(RawValue value, String key, Reading reading) {
    if (value.isNothing()) {
      return Optional.of(List.of());
    }
    if (!(value instanceof Items items)) {
      reading.problems().add(value.origin(), key, value.shape() + ", expected " + expectation());
      return Optional.empty();
    }
    var read = new ArrayList<Values>();
    for (int i = 0; i < items.values().size(); i++) {
      entry(items.values().get(i), key + "[" + i + "]", reading).ifPresent(read::add);
    }
    return Optional.of(List.copyOf(read));
  }

  private Optional<Values> entry(RawValue value, String key, Reading reading) {
    if (!(value instanceof Entries entries)) {
      reading.problems().add(value.origin(), key, value.shape() + ", expected " + noun);
      return Optional.empty();
    }
    int before = reading.problems().count();
    var written = new LinkedHashMap<String, RawValue>();
    for (Entry entry : entries.entries()) {
      if (names().contains(entry.name())) {
        written.put(entry.name(), entry.value());
      } else {
        String message = UnknownKey.message(entry.name(), names());
        reading.problems().add(entry.origin(), key + "." + entry.name(), message);
      }
    }
    for (Key<?> member : members) {
      if (member.required() && !written.containsKey(member.path())) {
        String message = "is missing, expected " + member.type().expectation();
        reading.problems().add(value.origin(), key + "." + member.path(), message);
      }
    }
    Values values = Values.bind(members, written, key + ".", value.origin(), reading);
    if (reading.problems().count() == before) { // else a typo would be told as a lack, too
      rule.check(values, key, reading.problems());
    }
    return Optional.of(values);
  }

  private List<String> names() {
    return members.stream().<String>map(Key::path).toList();
  }

  /** Reads the text as YAML, of which JSON is a part. */
  @Override
  public RawValue ofText(String text, String key, Origin origin, Problems problems) {
    if (text.isBlank()) {
      return new Items(List.of(), origin);
    }
    return new YamlReader(line -> origin, problems)
        .read(text)
        .orElseGet(() -> RawValue.Scalar.nothing(origin));
  }

  @Override
  public String expectation() {
    return "a list, each item " + noun;
  }

  @Override
  public boolean secret() {
    return false;
  }

  @Override
  public ObjectNode schema() {
    return Schemas.list(Schemas.entry(members));
  }

  @Override
  public void print(String name, Bound<List<Values>> bound, YamlPrinter printer) {
    if (bound.value().isEmpty()) {
      printer.line(name + ": []", bound.origin().toString());
      return;
    }
    printer.line(name + ":", "");
    for (Values entry : bound.value()) {
      printer.item(() -> members.forEach(member -> entry.print(member, printer)));
    }
  }
}
