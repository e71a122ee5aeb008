package io.numa.avatar.cli.config;

import io.numa.avatar.cli.config.value.Origin;
import io.numa.avatar.cli.config.value.RawValue;
import io.numa.avatar.cli.config.value.RawValue.Entries;
import io.numa.avatar.cli.config.value.RawValue.Entry;
import io.numa.avatar.cli.config.value.RawValue.Form;
import io.numa.avatar.cli.config.value.RawValue.Items;
import io.numa.avatar.cli.config.value.RawValue.Scalar;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads YAML into raw values. Hides the parser's types, and drops the excerpts of input in its
 * messages.
 */
final class YamlReader {
  private static final int MAX_DEPTH = 16;

  private static final Map<Tag, Form> FORMS =
      Map.of(
          Tag.STR, Form.TEXT,
          Tag.TIMESTAMP, Form.TEXT, // YAML 1.2 has no dates any more
          Tag.INT, Form.NUMBER,
          Tag.FLOAT, Form.NUMBER,
          Tag.BOOL, Form.BOOLEAN,
          Tag.NULL, Form.NOTHING);

  /**
   * The excerpt that the parser adds to these messages may be a secret that begins with '*',
   * '&amp;' or '!'.
   */
  private static final Pattern QUOTING =
      Pattern.compile(
          "(found undefined alias|found undefined tag handle|found duplicate anchor).*");

  private final IntFunction<Origin> origins;
  private final Problems problems;

  /**
   * Makes a reader.
   *
   * @param origins returns the origin for a line, from 1
   */
  YamlReader(IntFunction<Origin> origins, Problems problems) {
    this.origins = origins;
    this.problems = problems;
  }

  /**
   * Reads one document. If it is not YAML, or uses forbidden features, reports why and returns
   * empty.
   */
  Optional<RawValue> read(String text) {
    try {
      Node root = new Yaml(limits()).compose(new StringReader(text));
      return Optional.of(root == null ? Scalar.nothing(origins.apply(1)) : value(root, ""));
    } catch (MarkedYAMLException e) {
      String problem = QUOTING.matcher(e.getProblem()).replaceAll("$1; put it in quotes");
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine();
      problems.add(origins.apply(line + 1), "", "is not valid YAML: " + problem);
    } catch (ReaderException e) {
      int line = (int) text.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count();
      String problem = String.format(Locale.ROOT, "holds the character U+%04X", e.getCodePoint());
      problems.add(origins.apply(line + 1), "", problem + ", which YAML does not allow");
    } catch (YAMLException e) {
      problems.add(
          origins.apply(1), "", "nests too deeply, or uses an alias for more than a single value");
    }
    return Optional.empty();
  }

  /** Forbids aliases of lists and sections, so that a small text cannot become a large value. */
  private static LoaderOptions limits() {
    var limits = new LoaderOptions();
    limits.setMaxAliasesForCollections(0);
    limits.setNestingDepthLimit(MAX_DEPTH);
    return limits;
  }

  private RawValue value(Node node, String path) {
    if (node instanceof MappingNode mapping) {
      return entries(mapping, path);
    }
    if (node instanceof SequenceNode sequence) {
      List<Node> items = sequence.getValue();
      var values = new RawValue[items.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = value(items.get(i), path + "[" + i + "]");
      }
      return new Items(List.of(values), origin(node));
    }
    return scalar((ScalarNode) node, path);
  }

  private Entries entries(MappingNode mapping, String path) {
    var entries = new LinkedHashMap<String, Entry>();
    for (NodeTuple tuple : mapping.getValue()) {
      Origin origin = origin(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
        problems.add(origin, path, "has a key that is no text");
        continue;
      }
      String shown = Entry.shown(name.getValue());
      String key = path.isEmpty() ? shown : path + "." + shown;
      Entry first = entries.get(name.getValue());
      if (first != null) {
        problems.add(origin, key, "is given twice, first at " + first.origin());
        continue;
      }
      entries.put(
          name.getValue(), new Entry(name.getValue(), origin, value(tuple.getValueNode(), key)));
    }
    return new Entries(List.copyOf(entries.values()), origin(mapping));
  }

  private Scalar scalar(ScalarNode node, String path) {
    Form form = FORMS.get(node.getTag());
    if (form == null) {
      problems.add(
          origin(node), path, "has a YAML tag; write the plain value, in quotes if need be");
      return new Scalar(node.getValue(), Form.LOOSE, origin(node));
    }
    return new Scalar(node.getValue(), form, origin(node));
  }

  private Origin origin(Node node) {
    return origins.apply(node.getStartMark().getLine() + 1);
  }
}
