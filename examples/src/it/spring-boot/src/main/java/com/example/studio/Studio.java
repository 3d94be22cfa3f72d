package com.example.studio;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Texts and videos for a browser. */
@SpringBootApplication
public class Studio {
  public static void main(String[] args) {
    SpringApplication.run(Studio.class, args);
  }
}
