package io.numa.avatar.telemetry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A span as a collector gets it, read from the bytes of an {@code ExportTraceServiceRequest}.
 *
 * @param parent empty for the first span of a trace
 * @param status 2 for a failure
 * @param resource the attributes of what sent it
 */
record SeenSpan(
    String trace,
    String id,
    String parent,
    String name,
    Map<String, String> attributes,
    long status,
    Map<String, String> resource) {

  /** A field of a message: a number, or bytes, each a character of {@code content}. */
  private record Field(int tag, long number, String content) {
    byte[] bytes() {
      return content.getBytes(ISO_8859_1);
    }
  }

  static List<SeenSpan> in(byte[] request) {
    var spans = new ArrayList<SeenSpan>();
    for (byte[] group : messages(request, 1)) {
      Map<String, String> resource = attributes(messages(group, 1).get(0), 1);
      for (byte[] scope : messages(group, 2)) {
        messages(scope, 2).forEach(span -> spans.add(span(span, resource)));
      }
    }
    return spans;
  }

  private static SeenSpan span(byte[] span, Map<String, String> resource) {
    return new SeenSpan(
        hex(span, 1),
        hex(span, 2),
        hex(span, 4),
        text(span, 5),
        attributes(span, 9),
        messages(span, 15).stream()
            .flatMap(status -> fields(status).stream())
            .filter(field -> field.tag() == 3)
            .mapToLong(Field::number)
            .sum(),
        resource);
  }

  private static Map<String, String> attributes(byte[] message, int tag) {
    var all = new LinkedHashMap<String, String>();
    for (byte[] pair : messages(message, tag)) {
      Field value = fields(messages(pair, 2).get(0)).get(0);
      all.put(
          text(pair, 1),
          switch (value.tag()) {
            case 1 -> new String(value.bytes(), UTF_8);
            case 4 -> String.valueOf(Double.longBitsToDouble(value.number()));
            default -> String.valueOf(value.number());
          });
    }
    return all;
  }

  private static String hex(byte[] message, int tag) {
    return messages(message, tag).stream().map(HexFormat.of()::formatHex).findFirst().orElse("");
  }

  private static String text(byte[] message, int tag) {
    return new String(messages(message, tag).get(0), UTF_8);
  }

  private static List<byte[]> messages(byte[] message, int tag) {
    return fields(message).stream().filter(field -> field.tag() == tag).map(Field::bytes).toList();
  }

  private static List<Field> fields(byte[] message) {
    var fields = new ArrayList<Field>();
    ByteBuffer rest = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    while (rest.hasRemaining()) {
      int key = (int) number(rest);
      fields.add(
          switch (key & 7) {
            case 0 -> new Field(key >> 3, number(rest), "");
            case 1 -> new Field(key >> 3, rest.getLong(), "");
            case 2 -> new Field(key >> 3, 0, bytes(rest));
            case 5 -> new Field(key >> 3, rest.getInt(), "");
            default -> throw new IllegalArgumentException("no protobuf: key " + key);
          });
    }
    return fields;
  }

  private static String bytes(ByteBuffer from) {
    var bytes = new byte[(int) number(from)];
    from.get(bytes);
    return new String(bytes, ISO_8859_1);
  }

  private static long number(ByteBuffer from) {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = from.get();
      number |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return number;
      }
    }
  }
}
