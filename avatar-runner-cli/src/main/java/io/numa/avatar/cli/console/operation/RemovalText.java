package io.numa.avatar.cli.console.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.cli.console.Bytes;

/** Tells what {@code gc} has removed, or would remove. */
public final class RemovalText {
  private RemovalText() {}

  /** The text of a document with counts of what goes. */
  public static String of(JsonNode document, Sheet sheet) {
    var removal = new Fields(document);
    String verb = removal.is("removed") ? "removed " : "would remove ";
    String files =
        removal.number("files") == 0
            ? ""
            : " and " + Count.of(removal.number("files"), "unknown file", "unknown files");
    return verb
        + sheet.paint().bold(Count.of(removal.number("tasks"), "ended task", "ended tasks"))
        + files
        + ", "
        + Bytes.text(removal.number("bytes"))
        + "\n";
  }
}
