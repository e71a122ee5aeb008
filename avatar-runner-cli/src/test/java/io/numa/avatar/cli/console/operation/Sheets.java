package io.numa.avatar.cli.console.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numa.avatar.cli.console.Paint;
import java.time.Instant;
import java.time.ZoneOffset;
import picocli.CommandLine.Help.Ansi;

/** Sheets and documents for tests. */
final class Sheets {
  private Sheets() {}

  /** A sheet without colours, at noon. */
  static Sheet wide(int width) {
    return sheet(width, Ansi.OFF);
  }

  static Sheet coloured() {
    return sheet(80, Ansi.ON);
  }

  private static Sheet sheet(int width, Ansi ansi) {
    return new Sheet(new Paint(ansi), width, Instant.parse("2026-11-30T12:00:00Z"), ZoneOffset.UTC);
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
