"""Robot learners: personas that play a scenario many times, and what that shows of it."""

from simulator.authoring.robots.personas import Persona, personas
from simulator.authoring.robots.results import PersonaResult, Simulation
from simulator.authoring.robots.simulate import simulate

__all__ = ["Persona", "PersonaResult", "Simulation", "personas", "simulate"]
