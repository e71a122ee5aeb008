package io.numa.avatar.cli.command.operate;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.cli.command.common.Terminals;
import io.numa.avatar.cli.console.Paint;
import io.numa.avatar.cli.console.operation.Sheet;
import io.numa.avatar.time.TimeSource;
import java.time.ZoneId;
import java.util.function.BiFunction;

/** Prints documents: as they are, or as text that fits the terminal. */
record Printer(Terminals terminals, boolean json) {
  /** Prints a document; {@code text} makes text of it. */
  void print(JsonNode document, BiFunction<JsonNode, Sheet, String> text) {
    terminals.out().print(json ? document + "\n" : text.apply(document, sheet()));
    terminals.out().flush();
  }

  private Sheet sheet() {
    return new Sheet(
        new Paint(terminals.colours()),
        terminals.width(),
        TimeSource.SYSTEM.clock().instant(),
        ZoneId.systemDefault());
  }
}
