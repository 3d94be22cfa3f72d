package com.example.kotlin

import ru.elumenta.client.ElumentaCalls
import ru.elumenta.client.SessionStores
import ru.elumenta.client.api.HistoryApi
import ru.elumenta.client.error.OutcomeUnknownException
import ru.elumenta.client.journal.CallOutcome
import ru.elumenta.client.model.GenerationRequest
import ru.elumenta.client.options.HistoryFilter
import ru.elumenta.client.session.Credentials
import ru.elumenta.contract.ElumentaSimulator
import ru.elumenta.contract.scenario.Fault
import ru.elumenta.error.ElumentaException
import ru.elumenta.error.ErrorContext
import ru.elumenta.error.FailureReason
import java.time.Duration
import kotlin.jvm.optionals.getOrNull

/** What the Java API says of null as Kotlin reads it. Warnings are errors here. */
fun main() {
    ElumentaSimulator.start().use { service ->
        service.client().build().use { elumenta ->
            anIdMayBeMissing(elumenta)
            whatIsNullIsNotSent(elumenta)
            aResultMayBeNull(elumenta)
            service.next().fail(Fault.rateLimited(Duration.ofHours(2)))
            detailsMayBeNull(elumenta)
        }
        check(service.charges() == 1) { "One text was paid for, not ${service.charges()}" }
    }
    nullIsGivenWhereItMayBe()
    println("Kotlin knows what may be null")
}

private fun anIdMayBeMissing(elumenta: ElumentaCalls) {
    val job = elumenta.submit(GenerationRequest().model("gpt-5-nano").prompt("A lighthouse"))
    val finished = job.id().getOrNull()?.let { elumenta.attach(it).await() } ?: job.await()
    check(finished.text().isPresent) { "The text is there" }
}

private fun whatIsNullIsNotSent(elumenta: ElumentaCalls) {
    val filter = HistoryFilter.all().withModelSlug("gpt-5-nano").withCategory(null)
    val length: Int? = filter.category()?.length
    check(length == null) { "No category is asked for" }
    check(elumenta.history(filter).count() == 1) { "The text is in the history" }
}

/** An operation without an answer: the function gives null, and so does the future. */
private fun aResultMayBeNull(elumenta: ElumentaCalls) {
    val nothing: String? = elumenta.async<HistoryApi, String?>(HistoryApi::class.java) { null }.join()
    check(nothing == null) { "Null went through" }
    val store = SessionStores.inMemory()
    check(store.locked<String?>(Duration.ofSeconds(1)) { null } == null) { "Here too" }
}

private fun detailsMayBeNull(elumenta: ElumentaCalls) {
    val failure = failureOf { elumenta.within(Duration.ofSeconds(1)).balance() }
    val hour: Any? = failure.context().details()["limit_hour"]
    check(hour == 100) { "The limit of the hour is told, but was $hour" }
    val message: String = failure.message // never null, though that of other exceptions may be
    check("429" in message) { message }
}

private fun failureOf(call: () -> Unit): ElumentaException {
    try {
        call()
    } catch (e: ElumentaException) {
        return e
    }
    error("The call has to fail")
}

private fun nullIsGivenWhereItMayBe() {
    check(FailureReason.of(null) == FailureReason.OTHER)
    check(CallOutcome.answered(null) == CallOutcome.answered(null))
    val words: String? = Fault.resetAfterProcessing().body()
    check(words == null) { "A reset has no body" }
    val cause = object : ElumentaException(context(), null) {
        override fun advice(): String = "Look."
    }
    check(OutcomeUnknownException(cause, null).openCall().isEmpty)
    val credentials = Credentials { "a token" }
    check(credentials.bearerToken().length == 7)
}

private fun context() = ErrorContext.builder("POST", "/keys").remark(null).build()
