package io.parley.face.edge;

import java.net.Socket;
import java.util.List;
import java.util.Map;

/// One HTTP/2 connection with many streams, each with a body that does not end.
public final class Flood {
  private static final int PIECE_BYTES = 16_384;
  private static final int PIECES = 64;

  private Flood() {}

  /// Opens `streams` and sends a megabyte on each, a piece at a time, whatever the server says of
  /// streams and windows; until all is sent or the server ends the connection.
  public static void of(Socket socket, String path, int streams) {
    Wild.send(socket, Wild.preface());
    List<Map.Entry<String, String>> headers = Wild.request("POST", path);
    headers.add(Map.entry("content-type", "application/json"));
    byte[] head = Wild.headers(headers);
    byte[] piece = new byte[PIECE_BYTES];
    java.util.Arrays.fill(piece, (byte) ' ');
    try {
      for (int i = 0; i < streams; i++) {
        write(socket, Wild.frame(Wild.HEADERS, Wild.END_HEADERS, 2 * i + 1, head));
      }
      for (int round = 0; round < PIECES; round++) {
        for (int i = 0; i < streams; i++) {
          write(socket, Wild.frame(Wild.DATA, 0, 2 * i + 1, piece));
        }
      }
    } catch (java.io.IOException e) {
      // It has had enough.
    }
  }

  private static void write(Socket socket, byte[] frame) throws java.io.IOException {
    socket.getOutputStream().write(frame);
  }
}
