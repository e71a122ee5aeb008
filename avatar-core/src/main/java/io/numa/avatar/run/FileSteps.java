package io.numa.avatar.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Carries out the steps that write, change, move or check files. For one thread. */
final class FileSteps {
  /** How much of a file an error shows. */
  private static final int EXCERPT = 300;

  /** How many places of a text an error names. */
  private static final int PLACES = 10;

  private final Workspace workspace;

  FileSteps(Workspace workspace) {
    this.workspace = workspace;
  }

  void write(Step.Write step) throws StoppedException, IOException {
    Path place = workspace.locate(step.path());
    if (Files.isDirectory(place, NOFOLLOW_LINKS)) {
      throw conflict("'" + step.path() + "' is a folder; delete it first");
    }
    if (step.content() instanceof Step.Content.Link link) {
      workspace.link(place, link.target());
    } else if (step.content() instanceof Step.Content.File file) {
      workspace.write(place, file.bytes(), file.executable());
    }
  }

  /** Edits bytes, so that a file in any encoding keeps the rest of its bytes. */
  void edit(Step.Edit step) throws StoppedException, IOException {
    Path file = existingFile(step.path());
    byte[] text = Files.readAllBytes(file);
    byte[] find = step.find().getBytes(UTF_8);
    List<Integer> places = Bytes.occurrences(text, find);
    if (!step.expect().accepts(places.size())) {
      throw conflict(miscounted(step, text, places));
    }
    Files.write(file, Bytes.replace(text, places, find.length, step.replace().getBytes(UTF_8)));
  }

  private static String miscounted(Step.Edit step, byte[] text, List<Integer> places) {
    String expected =
        step.expect().exactly().isPresent()
            ? step.expect().exactly().getAsInt() + " times"
            : "at least once";
    String where =
        places.isEmpty()
            ? ""
            : places.stream()
                .limit(PLACES)
                .map(place -> String.valueOf(Bytes.lineOf(text, place)))
                .collect(
                    Collectors.joining(
                        ", ", " (lines ", places.size() > PLACES ? ", and more)" : ")"));
    return "the text to find in '"
        + step.path()
        + "' occurs "
        + places.size()
        + " times"
        + where
        + ", and was expected "
        + expected
        + ": "
        + excerpt(step.find());
  }

  void move(Step.Move step) throws StoppedException, IOException {
    Path to = workspace.locate(step.to());
    Path from = prepareTransfer(step.from(), step.to(), step.overwrite());
    workspace.move(from, to);
  }

  void copy(Step.Copy step) throws StoppedException, IOException {
    Path to = workspace.locate(step.to());
    Path from = prepareTransfer(step.from(), step.to(), step.overwrite());
    workspace.copy(from, to);
  }

  /** Finds the source, and clears the target where that is allowed. */
  private Path prepareTransfer(WorkspacePath from, WorkspacePath to, boolean overwrite)
      throws StoppedException, IOException {
    Path source = existing(from);
    Path target = workspace.locate(to);
    if (target.startsWith(source) || source.startsWith(target)) {
      throw conflict("'" + from + "' and '" + to + "' lie in each other");
    }
    if (Workspace.exists(target)) {
      if (!overwrite) {
        throw conflict("'" + to + "' exists already; say overwrite: true to replace it");
      }
      Workspace.delete(target);
    }
    return source;
  }

  void delete(Step.Delete step) throws StoppedException, IOException {
    Path place = workspace.locate(step.path());
    if (Workspace.exists(place) || !step.missingOk()) {
      Workspace.delete(existing(step.path()));
    }
  }

  void chmod(Step.Chmod step) throws StoppedException, IOException {
    Path place = existing(step.path());
    if (!Files.isRegularFile(place, NOFOLLOW_LINKS)) {
      throw conflict("'" + step.path() + "' is no regular file");
    }
    workspace.setExecutable(place, step.executable());
  }

  void check(Step.Assert step) throws StoppedException, IOException {
    if (step.condition() instanceof Step.Condition.Exists exists) {
      if (Workspace.exists(workspace.locate(step.path())) != exists.expected()) {
        throw conflict("'" + step.path() + (exists.expected() ? "' does not exist" : "' exists"));
      }
    } else if (step.condition() instanceof Step.Condition.Matches matches) {
      checkText(step.path(), matches);
    }
  }

  private void checkText(WorkspacePath path, Step.Condition.Matches wanted)
      throws StoppedException, IOException {
    String text;
    try {
      text = Files.readString(existingFile(path));
    } catch (CharacterCodingException e) {
      throw conflict("'" + path + "' is not UTF-8 text");
    }
    var matcher = wanted.pattern().matcher(text);
    boolean found = matcher.find();
    if (found && !wanted.expected()) {
      throw conflict(
          "'" + path + "' matches " + wanted.pattern() + ": " + excerpt(matcher.group()));
    }
    if (!found && wanted.expected()) {
      throw conflict(
          "'" + path + "' does not match " + wanted.pattern() + "; it begins: " + excerpt(text));
    }
  }

  private Path existing(WorkspacePath path) throws StoppedException, IOException {
    Path place = workspace.locate(path);
    if (!Workspace.exists(place)) {
      throw conflict("'" + path + "' does not exist");
    }
    return place;
  }

  private Path existingFile(WorkspacePath path) throws StoppedException, IOException {
    existing(path);
    Path file = workspace.locateTarget(path);
    if (!Files.isRegularFile(file)) {
      throw conflict("'" + path + "' is no file");
    }
    return file;
  }

  private static String excerpt(String text) {
    if (text.length() <= EXCERPT) {
      return '"' + text + '"';
    }
    int end = Character.isHighSurrogate(text.charAt(EXCERPT - 1)) ? EXCERPT - 1 : EXCERPT;
    return '"' + text.substring(0, end) + "…\"";
  }

  private static StoppedException conflict(String message) {
    return new StoppedException(FailureKind.CONFLICT, message);
  }
}
