package com.example.studio;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import ru.elumenta.client.ElumentaCalls;
import ru.elumenta.client.GenerationJob;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationRequest;

/** A video is ordered at once and made in the background; its page tells how far it is. */
@RestController
class Videos {
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final ElumentaCalls elumenta;
  private final Map<String, Video> videos = new ConcurrentHashMap<>();

  /** What a page shows. */
  record Video(String status, long percent, String url) {}

  Videos(ElumentaCalls elumenta) {
    this.elumenta = elumenta;
  }

  @PostMapping("/videos")
  ResponseEntity<Void> order(@RequestParam String prompt) {
    GenerationJob job =
        elumenta.submit(new GenerationRequest().model("kling-v2.1").prompt(prompt));
    String id = job.id().orElseThrow().toString();
    videos.put(id, new Video("pending", 0, ""));
    job.awaitAsync(
            LONGEST,
            progress -> {
              if (!progress.status().isFinished()) { // its address comes with the result
                long percent = progress.percent().orElse(0);
                videos.put(id, new Video(progress.status().toString(), percent, ""));
              }
            })
        .whenComplete(
            (video, failure) ->
                videos.put(
                    id,
                    failure == null
                        ? new Video("completed", 100, video.fileUrl().orElse(""))
                        : new Video("failed", 0, "")));
    return ResponseEntity.accepted().location(URI.create("/videos/" + id)).build();
  }

  @GetMapping("/videos/{id}")
  Video progress(@PathVariable String id) {
    return Optional.ofNullable(videos.get(id)).orElseGet(() -> asked(id));
  }

  /** Ordered before this process began: one poll, which is free. */
  private Video asked(String id) {
    var video = elumenta.attach(GenerationId.of(id)).refresh();
    return new Video(
        String.valueOf(video.getStatus()),
        video.isFinished() ? 100 : 0,
        video.fileUrl().orElse(""));
  }
}
