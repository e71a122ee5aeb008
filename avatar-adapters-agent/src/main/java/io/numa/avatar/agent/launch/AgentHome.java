package io.numa.avatar.agent.launch;

import io.numa.avatar.agent.preset.Preset;
import io.numa.avatar.agent.preset.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/** The folder that an agent takes for its user's home. Only the avatar's user can read it. */
final class AgentHome {
  private static final String FOLDER = "rwx------";
  private static final String FILE = "rw-------";

  private AgentHome() {}

  /** Makes the folder, with the settings that a preset knows. */
  static void prepare(Path home, Preset preset, Values values) throws IOException {
    Files.createDirectories(home);
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString(FOLDER));
    for (String folder : preset.folders()) {
      makeFolder(home, home.resolve(folder));
    }
    for (var file : preset.files().entrySet()) {
      var content = values.fillFile(file.getValue());
      if (content.isPresent()) {
        write(home, file.getKey(), content.get());
      }
    }
  }

  /** The variables that lead to the folder, in place of the operator's. */
  static Map<String, String> environment(Path home) {
    var variables = new LinkedHashMap<String, String>();
    variables.put("HOME", home.toString());
    variables.put("XDG_CONFIG_HOME", home.resolve(".config").toString());
    variables.put("XDG_CACHE_HOME", home.resolve(".cache").toString());
    variables.put("XDG_DATA_HOME", home.resolve(".local/share").toString());
    variables.put("XDG_STATE_HOME", home.resolve(".local/state").toString());
    return variables;
  }

  /**
   * Writes a file that only its owner can read.
   *
   * @throws IOException if the file would lie outside, because an earlier session left a link
   */
  static Path write(Path home, String name, String text) throws IOException {
    Path file = home.resolve(name);
    makeFolder(home, file.resolveSibling("."));
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(FILE)));
    return Files.writeString(file, text);
  }

  private static void makeFolder(Path home, Path folder) throws IOException {
    Path made = home;
    for (Path name : home.relativize(folder.normalize())) {
      made = made.resolve(name);
      if (Files.isSymbolicLink(made)) {
        throw new IOException(made + " is a link");
      }
    }
    Files.createDirectories(made);
  }
}
