package ru.elumenta.client.batch;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import ru.elumenta.client.batch.LiveItem.Phase;
import ru.elumenta.client.file.Replacement;

/** Lists in a file what is open at the end of a run, and what goes on running. */
final class OpenItems {
  private static final JsonMapper JSON = new JsonMapper();

  private OpenItems() {}

  static void write(Path path, BatchWork work) {
    List<LiveItem> live =
        work.state.look(
            image ->
                image.live.values().stream()
                    .filter(LiveItem::mayBePaid)
                    .sorted(java.util.Comparator.comparingInt(LiveItem::line))
                    .toList());
    Path next = path.resolveSibling(".batch").resolve("open.next");
    try {
      try (FileOutputStream out = new FileOutputStream(next.toFile())) {
        for (LiveItem each : live) {
          out.write(ResultLines.bytes(json(each, work.open.get(each.line()))));
        }
        out.getFD().sync();
      }
      Replacement.move(next, path);
    } catch (IOException e) {
      throw OutputFolder.failed(path, e);
    }
  }

  private static ObjectNode json(LiveItem item, BatchWork.OpenItem known) {
    ObjectNode json =
        known == null
            ? JSON.createObjectNode().put("line", item.line())
            : ResultLines.begin(known.item());
    json.put("status", item.phase() == Phase.CREATED ? "running" : "open");
    item.generation().ifPresent(id -> json.put("generation", id));
    json.put("call", item.callId());
    if (item.price() >= 0) {
      json.put("price", item.price());
    } else {
      json.putNull("price");
    }
    if (known != null) {
      json.put("why", known.why());
    }
    return json;
  }
}
