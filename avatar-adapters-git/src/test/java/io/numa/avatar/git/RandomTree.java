package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.numa.avatar.plan.WorkspacePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/** A tree as Git has it, of files that are hard on a patch, and random edits of it. */
final class RandomTree {
  private static final String[] FOLDERS = {"", "", "", "d/", "d/e/", "x b/", "ö/", "\udce4/"};
  private static final String[] NAMES = {
    "a",
    "b",
    "c.txt",
    "d.bat",
    "e.bin",
    "f.log",
    "d",
    "x",
    "with space",
    " b",
    "b ",
    "q\"uote",
    "tab\there",
    "new\nline",
    "back\\slash",
    "ö",
    "\udce4\udcff",
    "-dash",
    "@@ -1 +1 @@",
    "e",
    "->"
  };
  private static final String[] LINES = {
    "a",
    "b",
    "c",
    "",
    "{",
    "}",
    "\tindented",
    "space ",
    "- x",
    "-- x",
    "++ y",
    "@@ -1,2 +1,2 @@",
    "diff --git a/a b/a",
    "-- ",
    "\\ No newline at end of file",
    "é",
    "\u00e4\u00ff",
    "a\rb",
    "GIT",
    "GIT binary patch",
    "--- a/a",
    "+++ b/a",
    "long".repeat(1500)
  };
  private static final String[] TARGETS = {
    "a", "d/", "../x", "/etc", "nowhere", "./a", "a//b", "\u00c3\u00b6", "\u00e4/", "a\nb", "d//"
  };
  private static final String[] RULES = {
    "* text=auto", "*.bat eol=crlf", "*.bat text eol=crlf", "*.txt text", "*.txt -text",
        "d/* eol=crlf",
    "*.bin binary", "* eol=lf", "* -text", "a eol=crlf", "[attr]mine text eol=crlf", "* text",
    "*.txt filter=lfs", "* text=auto eol=crlf"
  };
  private static final String[] IGNORED = {"*.log", "/d/", "x*", "!f.log", "ö/", "b"};

  private final TreeMap<String, Item> items = new TreeMap<>();

  /** What is at a path; of a submodule, the commit in hexadecimal. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Item(FileMode mode, byte[] content) {}

  static RandomTree of(Choices choices) {
    var tree = new RandomTree();
    int count = 1 + choices.below(9);
    for (int i = 0; i < count; i++) {
      tree.put(path(choices), item(choices));
    }
    if (choices.once(3)) {
      tree.putRules(choices);
    }
    return tree;
  }

  /** The same after some edits. */
  RandomTree edited(Choices choices) {
    var tree = new RandomTree();
    tree.items.putAll(items);
    int count = 1 + choices.below(6);
    for (int i = 0; i < count; i++) {
      tree.edit(choices);
    }
    return tree;
  }

  /** Stores it. */
  DirCache write(ObjectInserter inserter) throws IOException {
    DirCache cache = DirCache.newInCore();
    DirCacheBuilder builder = cache.builder();
    for (var named : items.entrySet()) {
      var entry = new DirCacheEntry(WorkspacePath.encode(named.getKey()));
      Item item = named.getValue();
      entry.setFileMode(item.mode());
      entry.setObjectId(
          item.mode().equals(FileMode.GITLINK)
              ? ObjectId.fromString(new String(item.content(), ISO_8859_1))
              : inserter.insert(Constants.OBJ_BLOB, item.content()));
      builder.add(entry);
    }
    builder.finish();
    return cache;
  }

  private void edit(Choices choices) {
    if (items.isEmpty()) {
      put(path(choices), item(choices));
      return;
    }
    String path = choices.of(List.copyOf(items.keySet()));
    Item item = items.get(path);
    switch (choices.below(16)) {
      case 0, 1, 2, 3 -> put(path, changed(item, choices));
      case 4 -> put(path(choices), item(choices));
      case 5 -> items.remove(path);
      case 6 -> move(path, item, choices);
      case 7 -> move(path, changed(item, choices), choices);
      case 8 -> put(path(choices), choices.once(2) ? item : changed(item, choices));
      case 9 -> swap(path, choices.of(List.copyOf(items.keySet())));
      case 10 -> put(path, new Item(otherMode(item.mode()), item.content()));
      case 11 -> put(path, item(choices));
      case 12 -> put(path + "/" + choices.of(NAMES), choices.once(2) ? item : item(choices));
      case 13 -> put(path.replaceFirst("/.*", ""), choices.once(2) ? item : item(choices));
      case 14 -> put(path, withLineEnds(item, choices));
      default -> putRules(choices);
    }
  }

  private void move(String from, Item item, Choices choices) {
    items.remove(from);
    put(path(choices), item);
  }

  private void swap(String one, String other) {
    Item first = items.get(one);
    items.put(one, items.get(other));
    items.put(other, first);
  }

  /** Puts an item in place of whatever stands in its way. */
  private void put(String path, Item item) {
    items.keySet().removeIf(other -> other.startsWith(path + "/") || path.startsWith(other + "/"));
    items.put(path, item);
  }

  private void putRules(Choices choices) {
    boolean attributes = choices.once(3) || choices.once(2);
    String name = choices.of("", "", "d/") + (attributes ? ".gitattributes" : ".gitignore");
    var text = new StringBuilder();
    int count = choices.below(4);
    for (int i = 0; i < count; i++) {
      text.append(choices.of(attributes ? RULES : IGNORED)).append(choices.of("\n", "\n", "\r\n"));
    }
    put(name, new Item(FileMode.REGULAR_FILE, encode(text.toString())));
  }

  private static String path(Choices choices) {
    return choices.of(FOLDERS) + choices.of(NAMES);
  }

  private static FileMode otherMode(FileMode mode) {
    return mode.equals(FileMode.REGULAR_FILE)
        ? FileMode.EXECUTABLE_FILE
        : mode.equals(FileMode.EXECUTABLE_FILE) ? FileMode.REGULAR_FILE : mode;
  }

  private static Item item(Choices choices) {
    return switch (choices.below(12)) {
      case 0 -> new Item(FileMode.REGULAR_FILE, new byte[0]);
      case 1 -> new Item(FileMode.SYMLINK, encode(choices.of(TARGETS)));
      case 2 -> new Item(FileMode.GITLINK, commit(choices));
      case 3 -> new Item(FileMode.REGULAR_FILE, choices.bytes(choices.below(3000)));
      case 4 -> new Item(FileMode.EXECUTABLE_FILE, text(choices));
      default -> new Item(FileMode.REGULAR_FILE, text(choices));
    };
  }

  private static byte[] commit(Choices choices) {
    return encode(Integer.toHexString(choices.below(16)).repeat(39) + "1");
  }

  private static byte[] text(Choices choices) {
    String[] ends =
        choices.of(new String[] {"\n"}, new String[] {"\r\n"}, new String[] {"\n", "\r\n"});
    var text = new StringBuilder();
    boolean alike = choices.once(3);
    int count = choices.below(40);
    for (int i = 0; i < count; i++) {
      text.append(alike ? choices.of("a", "b", "") : line(choices)).append(choices.of(ends));
    }
    return encode(choices.once(3) ? text + "end" : text.toString());
  }

  private static String line(Choices choices) {
    return choices.once(2) ? choices.of(LINES) : "line " + choices.below(100);
  }

  private static Item changed(Item item, Choices choices) {
    if (item.mode().equals(FileMode.GITLINK)) {
      return new Item(item.mode(), commit(choices));
    }
    if (item.mode().equals(FileMode.SYMLINK)) {
      return new Item(item.mode(), encode(choices.of(TARGETS)));
    }
    byte[] content = item.content();
    if (choices.once(8)) {
      return new Item(item.mode(), Arrays.copyOf(content, choices.below(content.length + 1)));
    }
    if (choices.once(8)) {
      return new Item(item.mode(), Bytes.join(content, encode(line(choices) + "\n")));
    }
    return new Item(item.mode(), withOtherLines(content, choices));
  }

  private static byte[] withOtherLines(byte[] content, Choices choices) {
    List<String> lines =
        new ArrayList<>(List.of(new String(content, ISO_8859_1).split("(?<=\n)", -1)));
    int count = 1 + choices.below(4);
    for (int i = 0; i < count; i++) {
      int at = choices.below(lines.size());
      switch (choices.below(3)) {
        case 0 -> lines.add(at, line(choices) + "\n");
        case 1 -> lines.set(at, line(choices) + (lines.get(at).endsWith("\n") ? "\n" : ""));
        default -> lines.set(at, "");
      }
    }
    return encode(String.join("", lines));
  }

  private static Item withLineEnds(Item item, Choices choices) {
    if (!item.mode().equals(FileMode.REGULAR_FILE)) {
      return item;
    }
    String text = new String(item.content(), ISO_8859_1).replace("\r\n", "\n");
    return new Item(item.mode(), encode(choices.once(2) ? text : text.replace("\n", "\r\n")));
  }

  private static byte[] encode(String bytes) {
    return bytes.getBytes(ISO_8859_1);
  }
}
