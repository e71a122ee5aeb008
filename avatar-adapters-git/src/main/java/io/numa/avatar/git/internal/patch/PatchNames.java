package io.numa.avatar.git.internal.patch;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.patch.FileHeader;
import org.eclipse.jgit.util.RawParseUtils;
import org.jspecify.annotations.Nullable;

/**
 * The paths that the header of one file in a diff names. JGit's parser always strips one leading
 * name, decodes invalid UTF-8 in another encoding, and accepts headers that contradict themselves.
 */
final class PatchNames {
  private static final String NONE = "/dev/null";
  private static final Pattern MODE =
      Pattern.compile("(old|new|new file|deleted file) mode (100644|100664|100755|120000|160000)");
  private static final Pattern DESCRIPTION =
      Pattern.compile(
          "(dis)?similarity index [0-9]{1,3}%"
              + "|index [0-9a-f]+\\.\\.[0-9a-f]+( (100644|100664|100755|120000|160000))?"
              + "|GIT binary patch|Binary files .* differ");

  private final int strip;
  private final Set<String> kinds = new HashSet<>();
  private @Nullable String oldMode;
  private @Nullable String newMode;
  private int sides;
  private boolean git;
  private @Nullable String oldName;
  private @Nullable String newName;

  private PatchNames(int strip) {
    this.strip = strip;
  }

  /**
   * Reads the header's lines.
   *
   * @param end the position at which they must end; if no hunks follow, other lines may come after
   *     them
   */
  static PatchNames of(FileHeader header, int end, boolean hunksFollow, int strip) {
    var names = new PatchNames(strip);
    byte[] text = header.getBuffer();
    int at = header.getStartOffset();
    while (at < end) {
      int next = Math.min(RawParseUtils.nextLF(text, at), end);
      var line = new PatchHeaderLine(text, at, next);
      if (!names.readLine(line)) {
        if (hunksFollow) {
          throw line.damaged();
        }
        break;
      }
      at = next;
    }
    names.requireSense();
    if (!hunksFollow && names.kinds.isEmpty() && Objects.equals(names.oldMode, names.newMode)) {
      throw PatchConflict.invalid("it does not say what changes in '" + names.newName + "'");
    }
    return names;
  }

  /** The path before the change; empty if the file is new. */
  Optional<WorkspacePath> before() {
    return path(oldName);
  }

  /** The path after the change; empty if the file is deleted. */
  Optional<WorkspacePath> after() {
    return path(newName);
  }

  private static Optional<WorkspacePath> path(@Nullable String name) {
    if (name == null || name.equals(NONE)) {
      return Optional.empty();
    }
    try {
      return Optional.of(WorkspacePath.ofGit(WorkspacePath.encode(name)));
    } catch (IllegalArgumentException e) {
      throw new PortException(
          FailureKind.DENIED, "could not apply the patch: " + e.getMessage(), e);
    }
  }

  /** Reads a line; returns whether it belongs to a header. */
  private boolean readLine(PatchHeaderLine given) {
    if (given.startsWith("diff --git ")) {
      git = true;
      readBoth(given.after("diff --git "));
      return true;
    }
    PatchHeaderLine line = given.withoutCarriageReturn();
    if (sides == 1 && !line.startsWith("+++ ")) {
      throw line.damaged(); // nothing may come between these two lines
    }
    if (line.startsWith("--- ")) {
      oldName = same(line, oldName, stripped(line.after("--- ").name(), strip), "new file");
    } else if (line.startsWith("+++ ")) {
      newName = same(line, newName, stripped(line.after("+++ ").name(), strip), "deleted file");
    } else if (line.startsWith("rename from ") || line.startsWith("copy from ")) {
      oldName = moved(line, "from ");
    } else if (line.startsWith("rename to ") || line.startsWith("copy to ")) {
      newName = moved(line, "to ");
    } else {
      return readMode(line) || DESCRIPTION.matcher(line.string()).matches();
    }
    return true;
  }

  private String moved(PatchHeaderLine line, String word) {
    kinds.add(line.startsWith("copy") ? "copy" : "rename");
    return stripped(line.after(word).name(), strip - 1);
  }

  private boolean readMode(PatchHeaderLine line) {
    Matcher mode = MODE.matcher(line.string());
    if (!mode.matches()) {
      return false;
    }
    if (mode.group(1).endsWith(" file")) {
      kinds.add(mode.group(1));
    } else if (mode.group(1).equals("old")) {
      oldMode = mode.group(2);
    } else {
      newMode = mode.group(2);
    }
    return true;
  }

  /** Checks that {@code ---} and {@code +++} name the same file as the lines above them. */
  private String same(PatchHeaderLine line, @Nullable String known, String name, String without) {
    sides++;
    boolean moved = kinds.contains("rename") || kinds.contains("copy");
    // 'rename from' has no prefix, so its name has one component less; it may have too few to
    // compare.
    boolean comparable = known != null && !name.equals(NONE) && (strip <= 1 || !moved);
    boolean contradicts = name.equals(NONE) != kinds.contains(without);
    if ((git && contradicts) || (comparable && !name.equals(known))) {
      throw line.damaged();
    }
    return name;
  }

  private void requireSense() {
    if (kinds.size() > 1) {
      throw PatchConflict.invalid(
          "it says of one file '" + String.join("' and '", new TreeSet<>(kinds)) + "'");
    }
    if ((oldMode == null) != (newMode == null)) {
      throw PatchConflict.invalid("'old mode' and 'new mode' do not both name a mode");
    }
    if (sides == 1 || sides > 2) {
      throw PatchConflict.invalid("'---' and '+++' do not both name a file");
    }
    boolean both =
        oldName != null && newName != null && !NONE.equals(oldName) && !NONE.equals(newName);
    if (kinds.isEmpty() && both && !Objects.equals(oldName, newName)) {
      throw PatchConflict.invalid(
          "it names two files, '" + oldName + "' and '" + newName + "', without renaming one");
    }
  }

  /**
   * Reads both names of a line. They count only if they are equal; the line may be split at any
   * space.
   */
  private void readBoth(PatchHeaderLine line) {
    for (int cut = line.firstCut(); cut < line.end() - 1; cut++) {
      if (line.text()[cut] == ' ') {
        Optional<String> left = strippable(new PatchHeaderLine(line.text(), line.start(), cut + 1));
        Optional<String> right = strippable(new PatchHeaderLine(line.text(), cut + 1, line.end()));
        if (left.isPresent() && left.equals(right)) {
          oldName = left.get();
          newName = left.get();
          return;
        }
      }
    }
  }

  /** The name on a line, if it has at least as many leading names as must be stripped. */
  private Optional<String> strippable(PatchHeaderLine line) {
    String name = line.read();
    return name == null || name.chars().filter(c -> c == '/').count() < strip
        ? Optional.empty()
        : Optional.of(stripped(name, strip));
  }

  private static String stripped(String name, int count) {
    String rest = name;
    for (int i = 0; i < count && !name.equals(NONE); i++) {
      int slash = rest.indexOf('/');
      if (slash < 0) {
        throw PatchConflict.invalid(
            "the name '" + name + "' does not have the " + count + " leading names to strip");
      }
      rest = rest.substring(slash + 1);
    }
    return rest;
  }
}
