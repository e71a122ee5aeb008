package io.numa.avatar.process.sandbox.helper;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Messages of the domain name system. */
final class DnsMessage {
  static final int A = 1;
  static final int AAAA = 28;
  private static final int HEADER = 12;

  private DnsMessage() {}

  /** What an answer says. */
  record Answer(int code, int answers, String address) {}

  /** A query for a name, whose labels stand between dots. */
  static byte[] query(int id, String name, int type) {
    return query(id, labels(name), type, 1);
  }

  static byte[] query(int id, byte[] name, int type, int kind) {
    var bytes = ByteBuffer.allocate(HEADER + name.length + 4);
    bytes.putShort((short) id).putShort((short) 0x0100).putShort((short) 1);
    bytes.position(HEADER);
    return bytes.put(name).putShort((short) type).putShort((short) kind).array();
  }

  /** A name as a message has it. Also names that are too long. */
  static byte[] labels(String name) {
    var bytes = ByteBuffer.allocate(name.length() + 2);
    for (String label : name.split("\\.", -1)) {
      bytes.put((byte) label.length()).put(label.getBytes(ISO_8859_1));
    }
    bytes.put((byte) 0);
    return java.util.Arrays.copyOf(bytes.array(), bytes.position());
  }

  static Answer read(String hex) {
    var bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    int answers = bytes.getShort(6);
    return new Answer(bytes.get(3) & 15, answers, answers == 0 ? "" : address(bytes));
  }

  /** The last four bytes. */
  private static String address(ByteBuffer bytes) {
    int end = bytes.limit();
    return "%d.%d.%d.%d"
        .formatted(
            bytes.get(end - 4) & 255,
            bytes.get(end - 3) & 255,
            bytes.get(end - 2) & 255,
            bytes.get(end - 1) & 255);
  }
}
