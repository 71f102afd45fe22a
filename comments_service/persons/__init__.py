"""What the service keeps of one person, found by an address: disclosed (GDPR Art. 15 and 20), erased (Art. 17).

Erasures are noted so that a restored backup forgets as well. What is kept of whom, why and how long: data_map.py.
"""
