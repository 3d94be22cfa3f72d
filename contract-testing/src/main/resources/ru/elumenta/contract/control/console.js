"use strict";

// Shows what is new, and sends forms without leaving the page. The page works without it.
(function () {
  var PAUSE = 1500;
  var refresh = document.getElementById("refresh");
  var message = document.getElementById("message");
  var silent = "The simulator does not answer.";

  function each(nodes, action) {
    Array.prototype.forEach.call(nodes, action);
  }

  // Where the keyboard is, as an id and whether it is on that element's summary.
  function focusIn(section) {
    var active = document.activeElement;
    if (!active || active === section || !section.contains(active)) {
      return null;
    }
    var named = active.closest("[id]");
    return named && named !== section
      ? { id: named.id, onSummary: active.tagName === "SUMMARY" }
      : null;
  }

  function replace(section, fresh) {
    var open = {};
    each(section.querySelectorAll("details[open]"), function (one) {
      open[one.id] = true;
    });
    each(fresh.querySelectorAll("details"), function (one) {
      if (open[one.id]) {
        one.setAttribute("open", "");
      }
    });
    if (fresh.innerHTML === section.innerHTML) {
      return;
    }
    var focus = focusIn(section);
    section.innerHTML = fresh.innerHTML;
    var again = focus && document.getElementById(focus.id);
    if (again) {
      (focus.onSummary ? again.querySelector("summary") : again).focus({ preventScroll: true });
    }
  }

  function show(html) {
    var page = new DOMParser().parseFromString(html, "text/html");
    each(document.querySelectorAll("[data-live]"), function (section) {
      var fresh = page.getElementById(section.id);
      if (fresh) {
        replace(section, fresh);
      }
    });
    return page;
  }

  function ask(method, url, body, done) {
    var request = new XMLHttpRequest();
    request.open(method, url);
    if (body !== null) {
      request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    }
    request.onload = function () {
      done(request.responseText);
    };
    request.onerror = function () {
      done(null);
    };
    request.send(body);
  }

  function next() {
    if (!refresh.checked || document.hidden) {
      window.setTimeout(next, PAUSE);
      return;
    }
    ask("GET", window.location.pathname + window.location.search, null, function (html) {
      if (html === null) {
        message.textContent = silent;
      } else {
        show(html);
        if (message.textContent === silent) {
          message.textContent = "";
        }
      }
      window.setTimeout(next, PAUSE);
    });
  }

  function field(name, value) {
    return encodeURIComponent(name) + "=" + encodeURIComponent(value);
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    var clicked = event.submitter || document.activeElement;
    var fields = [];
    each(form.elements, function (one) {
      if (one.name && one.tagName !== "BUTTON") {
        fields.push(field(one.name, one.value));
      }
    });
    if (clicked && clicked.name && clicked.tagName === "BUTTON") {
      fields.push(field(clicked.name, clicked.value));
    }
    event.preventDefault();
    ask("POST", form.getAttribute("action"), fields.join("&"), function (html) {
      message.textContent =
        html === null ? silent : show(html).getElementById("message").textContent;
    });
  });

  document.querySelector(".refresh").hidden = false;
  window.setTimeout(next, PAUSE);
})();
