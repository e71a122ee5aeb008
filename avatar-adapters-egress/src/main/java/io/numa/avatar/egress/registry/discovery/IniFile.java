package io.numa.avatar.egress.registry.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of a file with one {@code key = value} a line, in sections or without them. A line
 * that begins with white space goes on with the value before it, where {@code folded}.
 */
final class IniFile {
  private static final Pattern SECTION = Pattern.compile("\\s*\\[([^\\]]*)\\]\\s*");
  private static final Pattern PAIR = Pattern.compile("\\s*([^=\\s]+)\\s*=(.*)");

  private final Path file;
  private final boolean folded;
  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final List<Integer> faults = new ArrayList<>();
  private String section = "";
  private Optional<String> key = Optional.empty();

  private IniFile(Path file, boolean folded) {
    this.file = file;
    this.folded = folded;
  }

  /** The settings by {@code section.key}, or by {@code key} where there is no section. */
  static Map<String, Setting> read(Path file, boolean folded, Findings findings) {
    var ini = new IniFile(file, folded);
    findings.read(file).map(bytes -> new String(bytes, UTF_8)).ifPresent(ini::parse);
    ini.faults.forEach(
        line -> findings.note(file + ":" + line, "is no setting; this line is left out"));
    return ini.settings;
  }

  private void parse(String text) {
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      line(lines.get(i), i + 1);
    }
  }

  private void line(String line, int number) {
    String bare = line.strip();
    if (bare.isEmpty() || bare.startsWith("#") || bare.startsWith(";")) {
      return;
    }
    boolean continues = folded && Character.isWhitespace(line.charAt(0)) && key.isPresent();
    Matcher head = SECTION.matcher(line);
    Matcher pair = PAIR.matcher(line);
    if (continues) {
      settings.computeIfPresent(key.get(), (name, old) -> old.with(old.value() + "\n" + bare));
    } else if (head.matches()) {
      section = head.group(1).strip() + ".";
      key = Optional.empty();
    } else if (pair.matches()) {
      key = Optional.of(section + pair.group(1));
      settings.put(key.get(), Setting.at(file, number, pair.group(2).strip()));
    } else {
      faults.add(number);
    }
  }
}
