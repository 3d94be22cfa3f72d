package com.example.kotlin

import ru.elumenta.client.ElumentaClient
import ru.elumenta.client.error.OutcomeUnknownException
import ru.elumenta.client.event.AnswerFinding
import ru.elumenta.client.journal.CallJournal
import ru.elumenta.client.model.GenerationId
import ru.elumenta.client.options.HistoryFilter
import ru.elumenta.client.options.RetryOptions
import ru.elumenta.client.session.Credentials
import ru.elumenta.contract.scenario.Fault
import ru.elumenta.contract.scenario.PromptForm
import ru.elumenta.error.ElumentaException
import ru.elumenta.error.ErrorContext

// One or two of each package that is marked; verify.groovy looks for an error at each line that says so.

fun whatMayBeNullIsTakenForGranted(elumenta: ElumentaClient, id: GenerationId?, failure: ElumentaException) {
    elumenta.attach(id) // refused
    HistoryFilter.all().category().length // refused
    failure.context().details().getValue("limit").hashCode() // Any? has it
    val limit: Any = failure.context().details().getValue("limit") // refused
    Fault.resetAfterProcessing().body().length // refused
}

fun nullIsGivenWhereItMayNotBe(failure: ElumentaException) {
    ElumentaClient.builder().apiKey(null) // refused
    ErrorContext.builder(null, "/generate") // refused
    OutcomeUnknownException(null, null) // refused
    AnswerFinding(null, "is odd") // refused
    CallJournal.inMemory().claims(null) // refused
    RetryOptions.defaults().withRateLimitWait(null) // refused
    PromptForm.LF.apply(null) // refused
    OutcomeUnknownException(failure, null) // may be
}

class NoToken : Credentials {
    override fun bearerToken(): String? = null // refused
}
